//! `$'…'`, in which browsers copy what has quotes or line breaks; the splitter of words knows only POSIX quotes.

/// The line with each `$'…'` in POSIX quotes.
pub(super) fn to_posix(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    let mut quote = None;
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '$') if characters.peek() == Some(&'\'') => {
                characters.next();
                out.push_str(&quoted(&unescaped(&mut characters)));
            }
            (None | Some('"'), '\\') => {
                out.push(character);
                out.extend(characters.next());
            }
            (None, '\'' | '"') => {
                quote = Some(character);
                out.push(character);
            }
            _ => {
                if quote == Some(character) {
                    quote = None;
                }
                out.push(character);
            }
        }
    }
    out
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// The text up to the closing quote.
fn unescaped(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\'' => break,
            '\\' => text.extend(characters.next().and_then(|kind| escape(kind, characters))),
            other => text.push(other),
        }
    }
    text
}

fn escape(kind: char, characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    let mut number = |radix, digits_max| {
        let mut digits = String::new();
        while digits.len() < digits_max
            && let Some(digit) = characters.next_if(|digit| digit.is_digit(radix))
        {
            digits.push(digit);
        }
        u32::from_str_radix(&digits, radix).ok().and_then(char::from_u32)
    };
    match kind {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        'x' => number(16, 2),
        'u' => number(16, 4),
        'U' => number(16, 8),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dollar_quotes_become_single_quotes_and_others_stay() {
        assert_eq!(to_posix(r"a $'b\'c\n\u0021' d"), "a 'b'\\''c\n!' d");
        for line in [r#"a "$'b'" c"#, "'$'", r"\$'b'", "a$b"] {
            assert_eq!(to_posix(line), line);
        }
    }
}
