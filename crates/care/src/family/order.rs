//! Who stands beside whom in a generation, and where: couples together, brothers and sisters with the eldest to the
//! left, children below their parents as nearly as the width of the names allows.

use super::{generation::Edge, relation::Tie};

/// Where each person stands in their row, in spaces from the left; two of a row are at least one space apart.
pub fn places(generation: &[usize], eldest_first: &[usize], edges: &[Edge]) -> Vec<f64> {
    let mut order = rows(generation, eldest_first);
    let mut place: Vec<f64> = vec![0.0; generation.len()];
    for row in &order {
        row.iter().enumerate().for_each(|(index, person)| place[*person] = index as f64);
    }
    for _ in 0..4 {
        for way in [Way::Down, Way::Up] {
            let numbers: Vec<usize> = match way {
                Way::Down => (0..order.len()).collect(),
                Way::Up => (0..order.len()).rev().collect(),
            };
            for row in numbers {
                let wanted: Vec<Option<f64>> = (0..place.len()).map(|p| wanted(p, way, generation, edges, &place)).collect();
                order[row] = together(&order[row], generation, edges, eldest_first, &wanted, &place);
                let wanted = beside(&order[row], edges, &wanted);
                settle(&order[row], &wanted, &mut place);
            }
        }
    }
    let left = place.iter().copied().fold(f64::INFINITY, f64::min);
    place.iter().map(|at| at - left).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

fn rows(generation: &[usize], eldest_first: &[usize]) -> Vec<Vec<usize>> {
    let deepest = generation.iter().max().map_or(0, |depth| depth + 1);
    let row = |depth| eldest_first.iter().copied().filter(|person| generation[*person] == depth).collect();
    (0..deepest).map(row).collect()
}

/// The middle of a person's parents (going down) or children (going up); `None` when there are none.
fn wanted(person: usize, way: Way, generation: &[usize], edges: &[Edge], place: &[f64]) -> Option<f64> {
    let descent = edges.iter().filter(|edge| edge.tie == Tie::Parent && generation[edge.a] < generation[edge.b]);
    let near: Vec<f64> = descent
        .filter_map(|edge| match way {
            Way::Down if edge.b == person => Some(place[edge.a]),
            Way::Up if edge.a == person => Some(place[edge.b]),
            _ => None,
        })
        .collect();
    (!near.is_empty()).then(|| near.iter().sum::<f64>() / near.len() as f64)
}

/// The row in a new order: groups of those joined as couples, each by the middle of where its members want to be.
fn together(
    row: &[usize],
    generation: &[usize],
    edges: &[Edge],
    eldest_first: &[usize],
    wanted: &[Option<f64>],
    place: &[f64],
) -> Vec<usize> {
    let at = |person: usize| wanted[person].unwrap_or(place[person]);
    let age = |person: usize| eldest_first.iter().position(|other| *other == person).unwrap_or(usize::MAX);
    let joined = |person: usize| partners(person, generation, edges);
    let mut left: Vec<usize> = row.to_vec();
    left.sort_by(|a, b| at(*a).total_cmp(&at(*b)).then(age(*a).cmp(&age(*b))));
    let mut groups: Vec<(f64, Vec<usize>)> = vec![];
    // A chain of couples is followed from one of its ends.
    while let Some(first) = left.iter().copied().find(|person| joined(*person).len() == 1).or(left.first().copied()) {
        let mut group = vec![];
        chain(first, &joined, &mut group);
        left.retain(|person| !group.contains(person));
        let known: Vec<f64> = group.iter().filter_map(|person| wanted[*person]).collect();
        let all: Vec<f64> = if known.is_empty() { group.iter().map(|person| at(*person)).collect() } else { known };
        groups.push((all.iter().sum::<f64>() / all.len() as f64, group));
    }
    let eldest = |group: &[usize]| group.iter().map(|person| age(*person)).min();
    groups.sort_by(|a, b| a.0.total_cmp(&b.0).then(eldest(&a.1).cmp(&eldest(&b.1))));
    groups.into_iter().flat_map(|(_, group)| group).collect()
}

/// Everybody with whom a person is or was a couple, of the same generation, each once.
fn partners(person: usize, generation: &[usize], edges: &[Edge]) -> Vec<usize> {
    let couple = |edge: &&Edge| matches!(edge.tie, Tie::Couple | Tie::FormerCouple) && generation[edge.a] == generation[edge.b];
    let other = |edge: &Edge| match person {
        p if p == edge.a => Some(edge.b),
        p if p == edge.b => Some(edge.a),
        _ => None,
    };
    let mut others: Vec<usize> = edges.iter().filter(couple).filter_map(other).collect();
    others.sort_unstable();
    others.dedup();
    others
}

/// Everybody joined to the first, each beside the one who joins them.
fn chain(person: usize, partners: &dyn Fn(usize) -> Vec<usize>, group: &mut Vec<usize>) {
    if group.contains(&person) {
        return;
    }
    group.push(person);
    for partner in partners(person) {
        chain(partner, partners, group);
    }
}

/// Whoever has no wish of their own wishes to stand beside the partner who is next to them, else beside the neighbour.
fn beside(row: &[usize], edges: &[Edge], wanted: &[Option<f64>]) -> Vec<Option<f64>> {
    let joined = |a: usize, b: usize| edges.iter().any(|edge| (edge.a == a && edge.b == b) || (edge.a == b && edge.b == a));
    let mut wishes = wanted.to_vec();
    for anyone in [false, true] {
        let near = |pair: &&[usize]| anyone || joined(pair[0], pair[1]);
        for pair in row.windows(2).filter(near) {
            if let (Some(left), None) = (wishes[pair[0]], wishes[pair[1]]) {
                wishes[pair[1]] = Some(left + 1.0);
            }
        }
        for pair in row.windows(2).rev().filter(near) {
            if let (None, Some(right)) = (wishes[pair[0]], wishes[pair[1]]) {
                wishes[pair[0]] = Some(right - 1.0);
            }
        }
    }
    wishes
}

/// The places nearest to what is wanted that keep the order and a space between neighbours (isotonic regression by
/// pooling adjacent violators).
fn settle(row: &[usize], wanted: &[Option<f64>], place: &mut [f64]) {
    let mut pools: Vec<(f64, usize)> = vec![];
    for (index, person) in row.iter().enumerate() {
        pools.push((wanted[*person].unwrap_or(place[*person]) - index as f64, 1));
        while let [.., (before, n), (last, m)] = pools[..] {
            if before <= last {
                break;
            }
            pools.truncate(pools.len() - 2);
            pools.push(((before * n as f64 + last * m as f64) / (n + m) as f64, n + m));
        }
    }
    let settled = pools.iter().flat_map(|(at, count)| std::iter::repeat_n(*at, *count));
    for (index, (person, at)) in row.iter().zip(settled).enumerate() {
        place[*person] = at + index as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(a: usize, b: usize, tie: Tie) -> Edge {
        Edge { a, b, tie, relation: 0 }
    }

    #[test]
    fn puts_children_below_their_parents() {
        // Father 0 and mother 1, children 2, 3 and 4.
        let mut edges = vec![edge(0, 1, Tie::Couple)];
        for child in 2..5 {
            edges.extend([edge(0, child, Tie::Parent), edge(1, child, Tie::Parent)]);
        }
        let place = places(&[0, 0, 1, 1, 1], &[0, 1, 2, 3, 4], &edges);
        assert_eq!(place, [0.5, 1.5, 0.0, 1.0, 2.0]);
    }

    #[test]
    fn keeps_couples_together_and_everyone_apart() {
        // Two sisters, each with a partner; 4 and 5 are their parents.
        let edges = [
            edge(4, 5, Tie::Couple),
            edge(4, 0, Tie::Parent),
            edge(5, 0, Tie::Parent),
            edge(4, 2, Tie::Parent),
            edge(5, 2, Tie::Parent),
            edge(0, 1, Tie::Couple),
            edge(2, 3, Tie::FormerCouple),
        ];
        let place = places(&[1, 1, 1, 1, 0, 0], &[4, 5, 0, 1, 2, 3], &edges);
        assert_eq!((place[0] - place[1]).abs(), 1.0, "{place:?}");
        assert_eq!((place[2] - place[3]).abs(), 1.0, "{place:?}");
        let mut row = place[..4].to_vec();
        row.sort_by(f64::total_cmp);
        assert!(row.windows(2).all(|pair| pair[1] - pair[0] > 0.999), "{place:?}");
    }

    #[test]
    fn nobody_is_no_trouble() {
        assert!(places(&[], &[], &[]).is_empty());
    }
}
