//! System packages: found by the program they bring, installed by name when missing.

use crate::places::root;
use crate::process::{command, run, say, succeeds};
use anyhow::{Context, Result, bail};

/// A program and the Debian package that brings it.
struct Tool {
    /// Command line that succeeds when the program is there and usable.
    probe: &'static [&'static str],
    package: &'static str,
}

/// A set of programs that some task needs.
pub(crate) struct Needs(&'static [Tool]);

const NGINX: Tool = Tool { probe: &["/usr/sbin/nginx", "-v"], package: "nginx-light" };
const HAPROXY: Tool = Tool { probe: &["/usr/sbin/haproxy", "-v"], package: "haproxy" };
// wrk has no option that ends with 0 except running.
const WRK: Tool = Tool { probe: &["sh", "-c", "command -v wrk"], package: "wrk" };
const CURL: Tool = Tool { probe: &["curl", "--version"], package: "curl" };
const PYTHON: Tool = Tool { probe: &["python3", "-c", "import venv, ensurepip"], package: "python3-venv" };
const NODE: Tool = Tool { probe: &["node", "--version"], package: "nodejs" };
const NPM: Tool = Tool { probe: &["npm", "--version"], package: "npm" };
const GO: Tool = Tool { probe: &["go", "version"], package: "golang-go" };
const JAVA: Tool = Tool { probe: &["javac", "-version"], package: "default-jdk-headless" };
const MAVEN: Tool = Tool { probe: &["mvn", "--version"], package: "maven" };
const CHROMIUM: Tool = Tool { probe: &["chromium", "--version"], package: "chromium" };
const MAKE: Tool = Tool { probe: &["make", "--version"], package: "make" };
const PKG_CONFIG: Tool = Tool { probe: &["pkg-config", "--version"], package: "pkg-config" };
const LIBSSL: Tool = Tool { probe: &["pkg-config", "--exists", "libcrypto"], package: "libssl-dev" };
const LIBCURL: Tool = Tool { probe: &["pkg-config", "--exists", "libcurl"], package: "libcurl4-openssl-dev" };
const LIBMICROHTTPD: Tool =
    Tool { probe: &["pkg-config", "--exists", "libmicrohttpd"], package: "libmicrohttpd-dev" };
const LIBCJSON: Tool = Tool { probe: &["pkg-config", "--exists", "libcjson"], package: "libcjson-dev" };

impl Needs {
    /// What the end-to-end tests need.
    pub(crate) const TESTS: Self = Self(&[
        NGINX,
        CURL,
        PYTHON,
        NODE,
        NPM,
        GO,
        JAVA,
        MAVEN,
        CHROMIUM,
        MAKE,
        PKG_CONFIG,
        LIBSSL,
        LIBCURL,
        LIBMICROHTTPD,
        LIBCJSON,
    ]);
    /// What the benchmarks need.
    pub(crate) const BENCHES: Self = Self(&[NGINX, HAPROXY, WRK, PYTHON, NODE, NPM]);
}

/// Installs the packages whose programs are missing.
pub(super) fn require(needs: &Needs) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    say(&format!("installing system packages: {names}"));
    let by_hand = || format!("install these packages by hand, then run this again: {names}");
    apt_get(&["update", "--quiet"]).with_context(by_hand)?;
    let install = ["install", "--yes", "--quiet", "--no-install-recommends"];
    apt_get(&[&install[..], &missing[..]].concat()).with_context(by_hand)
}

fn missing(needs: &Needs) -> Vec<&'static str> {
    let there = |tool: &Tool| {
        let [program, arguments @ ..] = tool.probe else { return true };
        succeeds(command(program, &root()).args(arguments))
    };
    needs.0.iter().filter(|tool| !there(tool)).map(|tool| tool.package).collect()
}

/// As root directly, otherwise through sudo, which must not ask for a password.
fn apt_get(arguments: &[&str]) -> Result<()> {
    let root_directory = root();
    if !succeeds(command("sh", &root_directory).args(["-c", "command -v apt-get"])) {
        bail!("this machine has no apt-get");
    }
    let is_root = succeeds(command("sh", &root_directory).args(["-c", "test \"$(id -u)\" = 0"]));
    let mut line = if is_root {
        command("apt-get", &root_directory)
    } else if succeeds(command("sudo", &root_directory).args(["-n", "true"])) {
        let mut sudo = command("sudo", &root_directory);
        sudo.args(["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        sudo
    } else {
        bail!("neither root nor able to use sudo without a password");
    };
    run(line.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
}
