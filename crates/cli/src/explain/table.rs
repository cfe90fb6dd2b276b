//! Two canonical requests side by side: what is documented, and what was signed.

/// A line, and whose it is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'t> {
    Both(&'t str),
    /// As documented.
    Expected(&'t str),
    /// As the client signed it.
    Signed(&'t str),
}

/// Pairs the lines; where one text has more, what begins and ends alike stays together.
pub(super) fn compare<'t>(expected: &'t str, signed: &'t str) -> Vec<Line<'t>> {
    let (expected, signed) = (lines(expected), lines(signed));
    if expected.len() == signed.len() {
        return expected
            .into_iter()
            .zip(signed)
            .flat_map(|(expected, signed)| pair(expected, signed))
            .collect();
    }
    let same = |(one, other): &(&&str, &&str)| one == other;
    let start = expected.iter().zip(&signed).take_while(same).count();
    let rest = expected.len().min(signed.len()) - start;
    let end = expected.iter().rev().zip(signed.iter().rev()).take(rest).take_while(same).count();
    let middle = |lines: &[&'t str]| lines.get(start..lines.len() - end).unwrap_or_default().to_vec();
    let mut table: Vec<Line<'t>> = expected.iter().take(start).map(|line| Line::Both(line)).collect();
    table.extend(middle(&expected).into_iter().map(Line::Expected));
    table.extend(middle(&signed).into_iter().map(Line::Signed));
    table.extend(expected.iter().skip(expected.len() - end).map(|line| Line::Both(line)));
    table
}

fn lines(text: &str) -> Vec<&str> {
    text.split('\n').collect()
}

fn pair<'t>(expected: &'t str, signed: &'t str) -> Vec<Line<'t>> {
    if expected == signed {
        vec![Line::Both(expected)]
    } else {
        vec![Line::Expected(expected), Line::Signed(signed)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Line::{Both, Expected, Signed};

    #[test]
    fn lines_that_differ_stand_one_below_the_other() {
        assert_eq!(compare("a\nb\nc", "a\nx\nc"), [Both("a"), Expected("b"), Signed("x"), Both("c")]);
        assert_eq!(compare("a\nb\nc", "a\nc"), [Both("a"), Expected("b"), Both("c")]);
        assert_eq!(compare("a\na", "a\na\na"), [Both("a"), Both("a"), Signed("a")]);
    }
}
