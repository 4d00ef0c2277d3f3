//! In which generation each person stands. Every relation asks for a difference; they are followed outwards from the
//! person whom the picture is about, lines of descent first, and the first answer stands. A relation that then asks for
//! something else contradicts the others, and is reported.

use super::relation::Tie;
use std::collections::VecDeque;

/// A relation between two people by their place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub a: usize,
    pub b: usize,
    pub tie: Tie,
    /// Which of the relations given it is.
    pub relation: usize,
}

/// Generations from 0 at the top, one for each person, and the relations that contradict them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Generations {
    pub of: Vec<usize>,
    pub contradicting: Vec<usize>,
}

impl Edge {
    /// How many generations `b` stands below `a`.
    const fn step(&self) -> Option<i32> {
        match self.tie {
            Tie::Parent => Some(1),
            Tie::Couple | Tie::FormerCouple | Tie::Sibling => Some(0),
            Tie::Other(Some(step)) => Some(step as i32),
            Tie::Other(None) => None,
        }
    }
}

/// Generations for `people` people; `focus` stands first where it is given.
pub fn generations(people: usize, focus: Option<usize>, edges: &[Edge]) -> Generations {
    let mut found: Vec<Option<i32>> = vec![None; people];
    let firsts = focus.into_iter().chain(0..people);
    for first in firsts {
        if found[first].is_none() {
            spread(first, &mut found, edges);
        }
    }
    let top = found.iter().flatten().min().copied().unwrap_or(0);
    let of: Vec<usize> = found.iter().map(|depth| usize::try_from(depth.unwrap_or(0) - top).unwrap_or(0)).collect();
    let depth = |person: usize| i32::try_from(of[person]).unwrap_or(0);
    let contradicts = |edge: &&Edge| edge.step().is_some_and(|step| depth(edge.b) - depth(edge.a) != step);
    let contradicting = edges.iter().filter(contradicts).map(|edge| edge.relation).collect();
    Generations { of, contradicting }
}

/// Two rounds: first along descent, couples and siblings; then along the weaker ties, as far as they add anybody.
fn spread(first: usize, found: &mut [Option<i32>], edges: &[Edge]) {
    found[first] = Some(0);
    let mut reached = vec![first];
    loop {
        let strong = |edge: &Edge| !matches!(edge.tie, Tie::Other(_));
        let before = reached.len();
        follow(&mut reached, found, edges, strong);
        let weak: Vec<&Edge> = edges.iter().filter(|edge| !strong(edge)).collect();
        let next = weak.iter().find_map(|edge| neighbour(edge, found));
        if let Some((person, depth)) = next {
            found[person] = Some(depth);
            reached.push(person);
        } else if reached.len() == before {
            return;
        }
    }
}

fn follow(reached: &mut Vec<usize>, found: &mut [Option<i32>], edges: &[Edge], which: impl Fn(&Edge) -> bool) {
    let mut queue: VecDeque<usize> = reached.iter().copied().collect();
    while let Some(person) = queue.pop_front() {
        for edge in edges.iter().filter(|edge| which(edge) && (edge.a == person || edge.b == person)) {
            if let Some((next, depth)) = neighbour(edge, found) {
                found[next] = Some(depth);
                reached.push(next);
                queue.push_back(next);
            }
        }
    }
}

/// The end of an edge that has no generation yet, with the one that the other end gives it. A tie that says nothing of
/// generations puts its people side by side.
fn neighbour(edge: &Edge, found: &[Option<i32>]) -> Option<(usize, i32)> {
    let step = edge.step().unwrap_or(0);
    match (found[edge.a], found[edge.b]) {
        (Some(depth), None) => Some((edge.b, depth + step)),
        (None, Some(depth)) => Some((edge.a, depth - step)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(list: &[(usize, usize, Tie)]) -> Vec<Edge> {
        list.iter().enumerate().map(|(relation, (a, b, tie))| Edge { a: *a, b: *b, tie: *tie, relation }).collect()
    }

    #[test]
    fn stands_people_in_generations() {
        use Tie::*;
        for (people, focus, list, of, contradicting) in [
            (0, None, vec![], vec![], vec![]),
            (2, None, vec![], vec![0, 0], vec![]),
            // Child, mother, grandmother.
            (3, Some(0), vec![(1, 0, Parent), (2, 1, Parent)], vec![2, 1, 0], vec![]),
            // Each the parent of the other: the first stands.
            (2, Some(0), vec![(0, 1, Parent), (1, 0, Parent)], vec![0, 1], vec![1]),
            // A ring of parents.
            (3, Some(0), vec![(0, 1, Parent), (1, 2, Parent), (2, 0, Parent)], vec![1, 2, 0], vec![1]),
            // Descent is believed before a weaker tie.
            (3, Some(0), vec![(2, 0, Other(Some(2))), (2, 1, Couple), (1, 0, Parent)], vec![1, 0, 0], vec![0]),
            // A weak tie places those whom nothing else does.
            (3, Some(0), vec![(1, 0, Other(Some(2))), (2, 1, Couple)], vec![2, 0, 0], vec![]),
            (2, Some(1), vec![(0, 1, Other(None))], vec![0, 0], vec![]),
        ] {
            let found = generations(people, focus, &edges(&list));
            assert_eq!((found.of, found.contradicting), (of, contradicting), "{list:?}");
        }
    }
}
