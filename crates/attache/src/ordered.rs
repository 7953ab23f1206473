//! Work side by side, answers in order.

use std::collections::VecDeque;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, sync_channel};

/// How many items may be on their way for each thread.
const AHEAD: usize = 2;

/// Works on the items side by side and hands the answers to `sink` in the order of the items, so that
/// the output is the same for any number of threads. Only a few items per thread are held at a time.
///
/// An item whose work panics is a bug of this program; its answer is `None`, and the others go on.
///
/// # Errors
/// The first error of `sink`; no further items are taken after it.
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(Option<R>) -> io::Result<()>,
) -> io::Result<()> {
    let most = AHEAD * rayon::current_num_threads();
    let work = &work;
    rayon::in_place_scope_fifo(|scope| {
        let mut waiting: VecDeque<Receiver<R>> = VecDeque::with_capacity(most);
        for item in items {
            if waiting.len() >= most
                && let Some(first) = waiting.pop_front()
            {
                sink(first.recv().ok())?;
            }
            let (done, answer) = sync_channel(1);
            scope.spawn_fifo(move |_| {
                // The receiver is gone where the sink failed; a panic drops `done`, which tells it.
                if let Ok(result) = panic::catch_unwind(AssertUnwindSafe(|| work(item))) {
                    let _ = done.send(result);
                }
            });
            waiting.push_back(answer);
        }
        waiting.into_iter().try_for_each(|answer| sink(answer.recv().ok()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn answers_come_in_order() {
        let slow_first = |item: u64| {
            std::thread::sleep(Duration::from_millis(20 / (item + 1)));
            item * 2
        };
        let mut seen = Vec::new();
        in_order(0..50, slow_first, |answer| {
            seen.extend(answer);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..50).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_of_the_sink_ends_it() {
        let mut taken = 0;
        let items = (0..).inspect(|_| taken += 1);
        let ended = in_order(items, |item: u32| item, |_| Err(io::Error::from(io::ErrorKind::BrokenPipe)));
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        assert!(taken <= AHEAD * rayon::current_num_threads() + 1);
    }

    #[test]
    fn a_panic_costs_one_item() {
        let mut seen = Vec::new();
        in_order(
            0..5,
            |item| if item == 2 { panic!("a bug, for this test") } else { item },
            |answer| {
                seen.push(answer);
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(seen, [Some(0), Some(1), None, Some(3), Some(4)]);
    }
}
