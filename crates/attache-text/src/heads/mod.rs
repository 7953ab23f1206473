//! What is read off the word vectors: tags, lemmas, arcs, mentions, relations.
