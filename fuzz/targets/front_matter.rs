#![no_main]

convenor_fuzz::target!(front_matter);
