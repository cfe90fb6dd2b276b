//! Resource counts.

use serde::Serialize;

/// How many APIs there are.
#[derive(Debug, Clone, Serialize)]
pub struct ApisOutline {
    /// All.
    pub instance_num: usize,
    /// Those that serve in some environment.
    pub nums_on_release: usize,
    /// Those that serve nowhere.
    pub nums_off_release: usize,
}

/// How many apps there are.
#[derive(Debug, Clone, Serialize)]
pub struct AppsOutline {
    /// Those that are authorized for some API.
    pub authed_nums: usize,
    /// Those that are authorized for none.
    pub unauthed_nums: usize,
}

/// How many groups there are.
#[derive(Debug, Clone, Serialize)]
pub struct GroupsOutline {
    /// Those that are not on the marketplace.
    pub offsell_nums: usize,
    /// Those that are.
    pub onsell_nums: usize,
}
