#![no_main]

convenor_fuzz::target!(splice);
