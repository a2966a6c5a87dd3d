#![no_main]

convenor_fuzz::target!(list_csv);
