//! Runs a target within a budget of memory.
//!
//! In: any bytes, from the driver. Out: nothing, or the end of the process with the reason on standard error.
//!
//! Deliberately absent: the targets themselves, which the tests of the crate share.

#[path = "../../tests/suite/fuzzed/targets.rs"]
pub mod targets;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Names the target of a binary.
#[macro_export]
macro_rules! target {
    ($name:ident) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| $crate::run($crate::targets::$name, data));
    };
}

/// The most bytes that one input may hold at once.
const MOST: usize = 300 << 20;

/// Runs a target on bytes.
pub fn run(target: fn(&[u8]), data: &[u8]) {
    LIMIT.store(HELD.load(Relaxed) + MOST, Relaxed);
    target(data);
    LIMIT.store(usize::MAX, Relaxed);
}

static HELD: AtomicUsize = AtomicUsize::new(0);
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// The system's allocator, which counts.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn take(bytes: usize) {
    if HELD.fetch_add(bytes, Relaxed) + bytes > LIMIT.load(Relaxed) {
        LIMIT.store(usize::MAX, Relaxed);
        eprintln!("this input takes more than {} MB at once (the last: {bytes} bytes)", MOST >> 20);
        std::process::abort();
    }
}

// SAFETY: everything is handed on as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() {
            take(size - layout.size());
        } else {
            HELD.fetch_sub(layout.size() - size, Relaxed);
        }
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(block, layout) }
    }
}
