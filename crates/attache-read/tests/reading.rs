//! Habits of layout, each in one small report: what every stretch of it is.

use attache_read::{Options, ReadError, inputs, read_bytes};
use attache_text::{BlockKind, Report};
use std::fs;
use std::path::PathBuf;

fn read(text: &str) -> Report {
    read_bytes(text.as_bytes(), "x", &Options::default()).expect("a report")
}

/// One letter a block: T(itle), H(eading), b(ody), c(aption), k (credit), x (boilerplate).
fn shape(text: &str) -> String {
    let letter = |kind| match kind {
        BlockKind::Title => 'T',
        BlockKind::Heading => 'H',
        BlockKind::Body => 'b',
        BlockKind::Caption => 'c',
        BlockKind::Credit => 'k',
        BlockKind::Boilerplate => 'x',
    };
    read(text).blocks.iter().map(|block| letter(block.kind)).collect()
}

const A: &str = "The envoys of both islands met in Lima for a whole day and agreed to share the fish.";
const B: &str =
    "Nobody had expected that, least of all the fishermen, who had come to the harbour to protest.";

#[test]
fn a_sentence_alone_is_body() {
    assert_eq!(shape("The envoys met in Lima."), "b");
    assert_eq!(shape("The envoys met in Lima"), "b");
    assert_eq!(shape(&format!("{A} {B}")), "b");
}

#[test]
fn heads() {
    assert_eq!(shape(&format!("Envoys agree on fish\n\n{A}\n\n{B}")), "Tbb");
    assert_eq!(shape(&format!("Envoys agree on fish\nBy Ana Soto\n\n{A}\n\n{B}")), "Tkbb");
    assert_eq!(shape(&format!("March 5, 2024\nEnvoys agree on fish\n{A}\n{B}")), "kTbb");
    assert_eq!(
        shape(&format!("Home > World\nEnvoys agree on fish\nHow two islands made peace\n{A}")),
        "xTHb"
    );
    assert_eq!(shape(&format!("LIMA, March 5 (EFE) - {A}\n\n{B}")), "bb");
    assert_eq!(
        shape(&format!("TITLE: Envoys agree on fish\nDATE: 2024-03-05\nSECTION: World\n\n{A}")),
        "kTkkb"
    );
}

#[test]
fn headings_between_paragraphs() {
    assert_eq!(shape(&format!("Envoys agree on fish\n\n{A}\n\nA surprise for the harbour\n\n{B}")), "TbHb");
    assert_eq!(shape(&format!("Envoys agree on fish\n\n{A}\n\nEnvoys agree on fish\n\n{B}")), "TbHb");
    assert_eq!(shape(&format!("Envoys agree on fish\n\n{A}\n\n- more fish\n- less salt\n\n{B}")), "Tbbbb");
}

#[test]
fn pictures() {
    assert_eq!(shape(&format!("Envoys agree\n\nThe harbour at dawn. Credit: Ana Soto\n\n{A}")), "Tckb");
    assert_eq!(
        shape(&format!("Envoys agree\n\nThe harbour at dawn.\nPhoto: Ana Soto/AFP\n\n{A}\n\n{B}")),
        "Tckbb"
    );
    assert_eq!(shape(&format!("Envoys agree\n\n{A}\n\nPhoto by Ana Soto\n\n{B}")), "Tbkb");
    assert_eq!(
        shape(&format!("Envoys agree\n\n{A} {B} It rained. Boats in the rain. [Li Wei/Reuters]")),
        "Tbck"
    );
}

#[test]
fn the_pages_talk() {
    assert_eq!(shape(&format!("Envoys agree\n\n{A}\n\nRead also: The price of salt\n\n{B}")), "Tbxb");
    assert_eq!(
        shape(&format!(
            "Envoys agree\n\n{A}\n\nRelated articles\n\nThe price of salt\n\nFerries in winter\n\n{B}"
        )),
        "Tbxxxb"
    );
    assert_eq!(
        shape(&format!(
            "Envoys agree\n\n{A}\n\n(Reporting by Ana Soto; Editing by Li Wei)\n\n© 2024 The Gazette"
        )),
        "Tbkx"
    );
}

#[test]
fn pages_keep_their_order() {
    let report = read(&format!(
        "<html lang='en-US'><head><title>Envoys agree | The Gazette</title><meta property='og:title' content='Envoys agree'>\
         <meta property='og:site_name' content='The Gazette'></head><body><nav><a href='/'>Home</a></nav><article>\
         <h1>Envoys agree</h1><figure><img src='a.jpg'><figcaption>The harbour. Photo: Ana Soto</figcaption></figure>\
         <p>{A}</p><h2>A surprise</h2><p>{B}<br><br>{A}</p></article><footer><p>About us</p></footer></body></html>"
    ));
    let words: Vec<&str> = report.blocks.iter().map(|block| block.span.of(&report.text)).collect();
    assert_eq!(words, ["Envoys agree", "The harbour.", "Photo: Ana Soto", A, "A surprise", B, A]);
    assert_eq!(
        (report.publisher.as_deref(), report.declared_language.as_deref()),
        (Some("The Gazette"), Some("en"))
    );
}

#[test]
fn ids_hang_on_url_and_text() {
    let one = read(&format!("URL: https://a.example/1\n\n{A}"));
    assert_eq!(one.id, read(&format!("URL: https://a.example/1\r\n\r\n{A}")).id);
    assert_ne!(one.id, read(&format!("URL: https://a.example/2\n\n{A}")).id);
}

#[test]
fn folders_are_walked_in_order() {
    let folder: PathBuf = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("walk");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("b/c")).unwrap();
    fs::create_dir_all(folder.join("empty")).unwrap();
    for name in ["z.txt", "a.txt", "b/c/m.html", ".hidden.txt", "b/notes.md"] {
        fs::write(folder.join(name), A).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(&folder, folder.join("b/loop")).unwrap();
    let names = |paths: &[PathBuf]| -> Vec<String> {
        let strip = |name: String| name.rsplit(['/', '\\']).next().unwrap_or("").to_string();
        inputs(paths)
            .map(|input| input.map_or_else(|error| error.to_string(), |(name, _)| strip(name)))
            .collect()
    };
    assert_eq!(names(std::slice::from_ref(&folder)), ["a.txt", "m.html", "z.txt"]);
    let empty = folder.join("empty");
    assert_eq!(
        names(std::slice::from_ref(&empty)),
        [format!("{}: the folder holds no reports", empty.display())]
    );
    let missing = folder.join("missing.txt");
    let found: Vec<_> = inputs(&[missing.clone(), folder.join("a.txt")]).collect();
    assert!(matches!(&found[0], Err(ReadError::Io { name, .. }) if *name == missing.display().to_string()));
    assert!(found[1].is_ok() && found.len() == 2);
}

#[test]
fn sizes_are_bounded() {
    let options = Options { max_bytes: 20, ..Options::default() };
    let error = read_bytes(A.as_bytes(), "long.txt", &options).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("long.txt: {} bytes, more than the 20 bytes a report may have", A.len())
    );
}
