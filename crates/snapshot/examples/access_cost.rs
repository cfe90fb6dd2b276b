//! What access control costs: nanoseconds of CPU to ask a full list of addresses, one of account names, and one of
//! account ids, as JSON on standard output.
//!
//! ```text
//! cargo run --release -p countersign-snapshot --example access_cost
//! {"batches":15,"entries":100,"address_v4_ns":{"min":…,"median":…},"address_v6_ns":{…},"account_ns":{…}}
//! ```

#![expect(clippy::print_stdout, reason = "the figures are the product")]

use countersign_cost::{BATCHES, measure};
use countersign_snapshot::{
    Access, Account,
    source::{self, AccessList, Rule},
};
use std::{hint::black_box, net::IpAddr};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 10_000;
/// As many as a list may have.
const ENTRIES: usize = 100;

fn main() {
    let networks = (0..ENTRIES).map(|number| {
        if number % 2 == 0 { format!("10.{number}.0.0/17") } else { format!("2001:db8:{number:x}::/49") }
    });
    let access = Access::compile(&source::Access {
        addresses: permitted(networks.collect()),
        account_names: permitted((0..ENTRIES).map(name).collect()),
        account_ids: permitted((0..ENTRIES).map(id).collect()),
    })
    .expect("the lists are well-formed");
    let v4: Vec<IpAddr> = (0..200).map(|number| IpAddr::from([10, number, 1, 2])).collect();
    let v6: Vec<IpAddr> =
        (0..200).map(|number| IpAddr::from([0x2001, 0xdb8, number, 1, 0, 0, 0, 2])).collect();
    let ask = |address: &IpAddr| {
        black_box(black_box(&access).admits_address(*address));
    };
    let (v4, v6) = (measure(&v4, ROUNDS, ask), measure(&v6, ROUNDS, ask));
    let accounts: Vec<_> = (0..2 * ENTRIES).map(|number| (id(number), name(number))).collect();
    let account = measure(&accounts, ROUNDS, |(id, name)| {
        black_box(black_box(&access).admits_account(Some(Account { id, name })));
    });
    println!(
        "{{\"batches\":{BATCHES},\"entries\":{ENTRIES},\"address_v4_ns\":{v4},\"address_v6_ns\":{v6},\"account_ns\":{account}}}"
    );
}

fn permitted(entries: Vec<String>) -> Option<AccessList> {
    Some(AccessList { rule: Rule::Permit, entries })
}

fn name(number: usize) -> String {
    format!("account-{number:04}")
}

fn id(number: usize) -> String {
    format!("{number:032x}")
}
