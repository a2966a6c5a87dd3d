//! Many jobs on all cores, each core busy with one at a time.
//!
//! Typst itself splits work with rayon. If our jobs ran in the same pool, a thread that waits inside one letter would
//! start another letter on top of it, and then another, until its stack is full. So each worker has a rayon pool
//! of its own with one thread in it: what Typst splits stays on that thread, and there is nothing else to start.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPoolBuilder;

/// Stack space for the deepest layout. It is address space: memory is taken only as it is used.
const STACK: usize = 16 * 1024 * 1024;

/// Does `work` for every item on all cores. The results are in the order of the items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    map_on(std::thread::available_parallelism().map_or(1, NonZero::get), items, work)
}

/// Like [`map`], with a given number of workers.
pub fn map_on<T: Sync, R: Send>(workers: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        while let Some((i, item)) = take(items, &next) {
            let result = work(item);
            done.lock().expect("a worker that panics takes the program with it").push((i, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            scope.spawn(|| alone(worker));
        }
    });
    let mut done = done.into_inner().expect("a worker that panics takes the program with it");
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does `work` on a thread with a rayon pool of its own.
pub fn alone(work: impl FnOnce() + Send) {
    let pool = ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
    pool.expect("the system gives a thread").install(work);
}

fn take<'t, T>(items: &'t [T], next: &AtomicUsize) -> Option<(usize, &'t T)> {
    let i = next.fetch_add(1, Ordering::Relaxed);
    items.get(i).map(|item| (i, item))
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |i| i * 2), items.iter().map(|i| i * 2).collect::<Vec<_>>());
        assert!(map(&[] as &[usize], |i| *i).is_empty());
    }
}
