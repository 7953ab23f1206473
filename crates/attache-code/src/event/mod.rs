//! What happened: frames on dependency trees.
