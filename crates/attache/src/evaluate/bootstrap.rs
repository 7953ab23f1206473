//! Resampling of gold rows for confidence intervals, with the draws of Python's `random.Random(1)`,
//! so that intervals equal those of scorers written in Python.

/// Mersenne Twister (MT19937), seeded as Python seeds it with a small integer.
pub struct Twister {
    state: [u32; 624],
    at: usize,
}

impl Twister {
    /// The generator of `random.Random(seed)`.
    pub fn new(seed: u32) -> Twister {
        let mut state = [0u32; 624];
        state[0] = 19_650_218;
        for i in 1..624 {
            state[i] = next(state[i - 1], 1_812_433_253).wrapping_add(i as u32);
        }
        // "init_by_array" with the one key `seed`.
        let mut i = 1;
        for _ in 0..624 {
            state[i] = (state[i] ^ next(state[i - 1], 1_664_525)).wrapping_add(seed);
            i = advance(i, &mut state);
        }
        for _ in 0..623 {
            state[i] = (state[i] ^ next(state[i - 1], 1_566_083_941)).wrapping_sub(i as u32);
            i = advance(i, &mut state);
        }
        state[0] = 0x8000_0000;
        Twister { state, at: 624 }
    }

    fn next_u32(&mut self) -> u32 {
        if self.at == 624 {
            for i in 0..624 {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + 397) % 624] ^ (y >> 1) ^ odd;
            }
            self.at = 0;
        }
        let mut y = self.state[self.at];
        self.at += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }

    /// A number from 0 up to, not including, `count` (which must not be 0), as `random.choice` draws it.
    pub fn below(&mut self, count: usize) -> usize {
        let bits = usize::BITS - count.leading_zeros();
        loop {
            let drawn = (self.next_u32() >> (32 - bits.clamp(1, 32))) as usize;
            if drawn < count {
                return drawn;
            }
        }
    }
}

fn next(last: u32, factor: u32) -> u32 {
    (last ^ (last >> 30)).wrapping_mul(factor)
}

fn advance(i: usize, state: &mut [u32; 624]) -> usize {
    if i == 623 {
        state[0] = state[623];
        1
    } else {
        i + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_those_of_python() {
        // random.Random(1): [r.choice(range(100)) for _ in range(6)]
        let mut twister = Twister::new(1);
        let drawn: Vec<usize> = (0..6).map(|_| twister.below(100)).collect();
        assert_eq!(drawn, PYTHON);
    }

    const PYTHON: [usize; 6] = [17, 72, 97, 8, 32, 15];
}
