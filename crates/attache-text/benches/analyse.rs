//! Sentences a second of `Model::analyse`, with every kernel this processor has, and of `Model::relate` on what
//! it kept: one thread, one at a time.

use attache_text::encoder::Model;
use attache_text::encoder::kernel::Kernel;
use attache_text::{Sentence, Token};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

/// Sentences of news length, in our own words, cut at the white space: 24 words each on average.
const SENTENCES: [&str; 6] = [
    "The president of Kenya received the prime minister of Ethiopia in Nairobi on Thursday to discuss the \
     border dispute , trade and the drought that has driven thousands of herders south .",
    "Rebels fired rockets at an army post outside the provincial capital , killing at least four soldiers \
     and wounding nine others , a spokesman for the defence ministry said .",
    "Hundreds of teachers marched through the centre of La Paz to demand higher wages .",
    "The European Union will send 40 million euros in emergency aid to Malawi after the floods , its \
     commissioner for crisis management announced in Brussels .",
    "Parliament rejected the budget .",
    "Georgia 's foreign minister accused Russian troops of moving the boundary fence near Gori by some 200 \
     metres at night and called the step a breach of the ceasefire agreement reached in 2008 .",
];

fn sentences() -> Vec<Sentence> {
    let token = |word: &str| Token { text: word.into(), ..Token::default() };
    SENTENCES
        .iter()
        .map(|s| Sentence { tokens: s.split(' ').map(token).collect(), ..Sentence::default() })
        .collect()
}

fn analyse(c: &mut Criterion) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/models/en.safetensors");
    let Ok(bytes) = std::fs::read(path) else { return };
    let Ok(model) = Model::from_bytes(&bytes) else { return };
    let mut group = c.benchmark_group("model");
    group.throughput(Throughput::Elements(SENTENCES.len() as u64)).sample_size(20);
    let mut all = sentences();
    for kernel in Kernel::all() {
        let Ok(model) = Model::with_kernel(&bytes, kernel) else { return };
        group.bench_function(format!("analyse/{}", kernel.name()), |b| {
            b.iter(|| {
                for sentence in &mut all {
                    black_box(model.analyse("", sentence));
                }
            });
        });
    }
    let encoded: Vec<_> = all.iter_mut().map(|sentence| model.analyse("", sentence)).collect();
    group.bench_function("relate", |b| {
        b.iter(|| {
            for states in &encoded {
                black_box(model.relate(states, &[0, 1], &[3]));
            }
        });
    });
    group.finish();
    c.bench_function("load", |b| b.iter(|| black_box(Model::from_bytes(&bytes).is_ok())));
}

criterion_group!(benches, analyse);
criterion_main!(benches);
