//! Figures that are published: a count of one to four is hidden, and so is whatever would give it away by subtraction
//! from a total. A nought is shown, because it names nobody.
//!
//! Source: the custom of official statistics on children's services (counts under 5 are withheld; complementary
//! suppression). Leaves out: rounding, and comparing several publications of the same figures.

/// Counts under this are hidden.
pub const SMALLEST_SHOWN: i64 = 5;

/// A table with a total for each row and column, the last of each, as it may be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// `None` is hidden. The last row and the last column are totals.
    pub cells: Vec<Vec<Option<i64>>>,
}

/// The table with its totals, hidden where it must be. All rows have the same length.
pub fn publish(counts: &[Vec<i64>]) -> Published {
    let table = with_totals(counts);
    let mut hidden: Vec<Vec<bool>> = table.iter().map(|row| row.iter().map(|n| is_small(*n)).collect()).collect();
    // Each round hides at least one cell more, so this ends.
    while let Some((row, column)) = given_away(&table, &hidden) {
        hidden[row][column] = true;
    }
    let shown = |row: usize, column: usize| (!hidden[row][column]).then_some(table[row][column]);
    Published { cells: (0..table.len()).map(|row| (0..table[row].len()).map(|column| shown(row, column)).collect()).collect() }
}

/// "under 5" where it is hidden, whatever it is.
pub fn words(cell: Option<i64>) -> String {
    cell.map_or_else(|| "hidden".to_owned(), |n| n.to_string())
}

fn is_small(n: i64) -> bool {
    n > 0 && n < SMALLEST_SHOWN
}

fn with_totals(counts: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let mut table: Vec<Vec<i64>> = counts.to_vec();
    for row in &mut table {
        row.push(row.iter().sum());
    }
    let width = table.first().map_or(0, Vec::len);
    table.push((0..width).map(|column| table.iter().map(|row| row[column]).sum()).collect());
    table
}

/// The next cell to hide: in the first row or column whose hidden cells follow from those shown.
fn given_away(table: &[Vec<i64>], hidden: &[Vec<bool>]) -> Option<(usize, usize)> {
    let (rows, columns) = (table.len(), table.first().map_or(0, Vec::len));
    let across = (0..rows).map(|row| (0..columns).map(|column| (row, column)).collect::<Vec<_>>());
    let down = (0..columns).map(|column| (0..rows).map(|row| (row, column)).collect::<Vec<_>>());
    across.chain(down).find_map(|line| in_line(table, hidden, &line))
}

/// A line is safe with nothing hidden in it, or with several cells that together leave each small one open.
fn in_line(table: &[Vec<i64>], hidden: &[Vec<bool>], line: &[(usize, usize)]) -> Option<(usize, usize)> {
    let (out, shown): (Vec<_>, Vec<_>) = line.iter().copied().partition(|(row, column)| hidden[*row][*column]);
    let total_hidden = line.last().is_some_and(|last| out.contains(last));
    let few = i64::try_from(out.len()).unwrap_or(i64::MAX);
    let sum: i64 = out.iter().filter(|cell| Some(*cell) != line.last()).map(|(row, column)| table[*row][*column]).sum();
    let all_small = out.iter().all(|(row, column)| is_small(table[*row][*column]));
    let told = match few {
        0 => false,
        1 => true,
        // All ones, or all fours: the total says each.
        _ => !total_hidden && all_small && (sum == few || sum == few * (SMALLEST_SHOWN - 1)),
    };
    if !told {
        return None;
    }
    let total = line.last().copied();
    let best = shown.iter().copied().filter(|cell| Some(*cell) != total).filter(|(row, column)| table[*row][*column] > 0);
    best.min_by_key(|(row, column)| table[*row][*column])
        .or_else(|| shown.iter().copied().find(|cell| Some(*cell) == total))
        .or_else(|| shown.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_and_what_gives_them_away_are_hidden() {
        let published = publish(&[vec![12, 3], vec![20, 9]]);
        assert_eq!(published.cells, [[None, None, Some(15)], [None, None, Some(29)], [Some(32), Some(12), Some(44)]]);
        let open = publish(&[vec![12, 0], vec![20, 9]]);
        assert_eq!(open.cells, [[Some(12), Some(0), Some(12)], [Some(20), Some(9), Some(29)], [Some(32), Some(9), Some(41)]]);
        assert_eq!(words(None), "hidden");
    }

    /// Nobody who adds up what is shown finds a small count: for tables of four cells up to six, each hidden small cell
    /// has several values that agree with all that is shown.
    #[test]
    fn adding_up_tells_nothing() {
        let tables = |up_to: i64| {
            (0..up_to.pow(4)).map(move |n| vec![vec![n % up_to, n / up_to % up_to], vec![n / up_to.pow(2) % up_to, n / up_to.pow(3)]])
        };
        let all: Vec<Vec<Vec<i64>>> = tables(13).collect();
        for truth in tables(7).step_by(53) {
            let published = publish(&truth);
            let agrees = |other: &&Vec<Vec<i64>>| {
                let full = with_totals(other);
                published.cells.iter().zip(&full).all(|(shown, real)| shown.iter().zip(real).all(|(s, r)| s.is_none_or(|s| s == *r)))
            };
            let possible: Vec<&Vec<Vec<i64>>> = all.iter().filter(agrees).collect();
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                if is_small(truth[row][column]) {
                    let mut values: Vec<i64> = possible.iter().map(|table| table[row][column]).collect();
                    values.sort_unstable();
                    values.dedup();
                    assert!(values.len() > 1, "{truth:?} is told by {published:?}");
                }
            }
        }
    }
}
