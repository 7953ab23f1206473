//! A hash that is the same on every machine and in every version: what it gives is kept in archives.

/// FNV-1a over the bytes, then a finisher that spreads the result over all bits.
pub fn bytes(bytes: &[u8]) -> u64 {
    spread(
        bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }),
    )
}

/// Two hashes as one; the order counts.
pub fn join(first: u64, second: u64) -> u64 {
    spread(first.rotate_left(23) ^ second.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// As SQLite's signed integers hold it.
pub fn signed(hash: u64) -> i64 {
    i64::from_ne_bytes(hash.to_ne_bytes())
}

/// The finisher of SplitMix64.
pub fn spread(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    #[test]
    fn stays_what_archives_hold() {
        assert_eq!(super::bytes(b""), 0xf52a_15e9_a9b5_e89b);
        assert_ne!(super::join(1, 2), super::join(2, 1));
        assert_eq!(super::signed(u64::MAX), -1);
    }
}
