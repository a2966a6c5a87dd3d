#![no_main]

convenor_fuzz::target!(conference_yaml);
