//! The command line of Attaché.

fn main() {}
