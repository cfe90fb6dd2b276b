//! Completion and manual pages follow from the command line's description.

use crate::home::Home;

#[test]
fn every_shell_gets_a_completion_that_knows_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = Home::new().run(&["completion", shell]);
        assert_eq!(ran.code, Some(0), "{shell}");
        for word in ["whoami", "signature-keys", "--access-key"] {
            let word = word.trim_start_matches("--");
            assert!(ran.out.contains(word), "{shell} {word}");
        }
    }
    assert_eq!(Home::new().run(&["completion", "tcsh"]).code, Some(2));
}

#[test]
fn every_command_gets_a_manual_page_with_its_examples() {
    let home = Home::new();
    assert_eq!(home.run(&["man", "--out", "man/man1"]).code, Some(0));
    let page = |name: &str| std::fs::read_to_string(home.path("man/man1").join(name)).unwrap();
    assert!(page("countersign.1").contains("countersign\\-apis(1)"));
    assert!(page("countersign-call.1").contains("Exits 22"));
    assert!(page("countersign-signature-keys-update.1").contains("JMESPath"));
}

#[test]
fn a_directory_that_cannot_be_written_is_named() {
    let home = Home::new();
    home.write("file", "");
    let ran = home.run(&["man", "--out", "file/man"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.starts_with("countersign: cannot write manual pages to file/man: "), "{}", ran.err);
}

#[test]
fn who_reads_no_further_gets_no_complaint() {
    let home = Home::new();
    let mut command = home.command(&["completion", "bash"]);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}
