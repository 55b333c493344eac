// SPDX-License-Identifier: GPL-2.0-or-later
//
// As tests/targets/names.c, with the names of Rust.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};

static DATA: AtomicU64 = AtomicU64::new(7);

#[inline(never)]
fn work(value: u64) -> u64 {
    value + DATA.fetch_add(1, Ordering::SeqCst)
}

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let mut file = std::fs::File::create(path).unwrap();
    work(std::process::id() as u64);
    writeln!(file, "names::DATA {:x}", &DATA as *const AtomicU64 as usize).unwrap();
    writeln!(file, "names::work {:x}", work as fn(u64) -> u64 as usize).unwrap();
    drop(file);
    println!("ready");
    let mut rest = Vec::new();
    std::io::stdin().read_to_end(&mut rest).unwrap();
}
