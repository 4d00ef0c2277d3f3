//! The lines of the picture: couples, descent, and what is left.

use super::{
    generation::Edge,
    picture::{Drawing, HALF, LABEL, Point},
    relation::Tie,
};
use std::collections::BTreeMap;

/// How far beside a person's middle a line goes down without crossing names.
const ASIDE: i32 = 68;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    Couple,
    /// With two strokes across at `Line::mark`.
    FormerCouple,
    /// Two people who have a child together, and no more is recorded.
    Parents,
    Descent,
    Sibling,
    /// Dashed.
    Other,
}

/// A line through points, and whom it joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<P> {
    pub kind: LineKind,
    pub points: Vec<Point>,
    pub mark: Option<Point>,
    pub joins: Vec<P>,
}

impl<P: Clone + Ord> Drawing<'_, P> {
    pub(super) fn lines(&self) -> Vec<Line<P>> {
        let families = self.families();
        let mut lines = self.couples(&families);
        lines.extend(families.iter().enumerate().flat_map(|(lane, (parents, children))| self.descent(parents, children, lane)));
        lines.extend(self.plain(&families));
        lines
    }

    /// Children by the parents who stand above them.
    fn families(&self) -> BTreeMap<Vec<usize>, Vec<usize>> {
        let mut parents: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for edge in self.edges.iter().filter(|edge| edge.tie == Tie::Parent && self.stand.of[edge.a] < self.stand.of[edge.b]) {
            parents.entry(edge.b).or_default().push(edge.a);
        }
        let mut families: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (child, mut above) in parents {
            above.sort_unstable();
            above.dedup();
            // A child with more than two parents (by birth and by adoption) hangs from each pair and each one left over.
            for pair in above.chunks(2) {
                families.entry(pair.to_vec()).or_default().push(child);
            }
        }
        families
    }

    /// One line for each pair, whatever their number of relations.
    fn couples(&self, families: &BTreeMap<Vec<usize>, Vec<usize>>) -> Vec<Line<P>> {
        let mut kinds: BTreeMap<[usize; 2], LineKind> = BTreeMap::new();
        for edge in &self.edges {
            let kind = match edge.tie {
                Tie::Couple => LineKind::Couple,
                Tie::FormerCouple => LineKind::FormerCouple,
                _ => continue,
            };
            kinds.entry([edge.a.min(edge.b), edge.a.max(edge.b)]).or_insert(kind);
        }
        for parents in families.keys() {
            if let [a, b] = parents[..] {
                kinds.entry([a, b]).or_insert(LineKind::Parents);
            }
        }
        kinds.into_iter().map(|(pair, kind)| self.couple(pair, kind)).collect()
    }

    /// Neighbours are joined straight; others by a lane below the names of the lower one.
    fn couple(&self, [a, b]: [usize; 2], kind: LineKind) -> Line<P> {
        let (a, b) = if self.centres[a].x <= self.centres[b].x { (a, b) } else { (b, a) };
        let (left, right) = (self.centres[a], self.centres[b]);
        let (out, back) = (Point { x: left.x + HALF, ..left }, Point { x: right.x - HALF, ..right });
        let Point { y, .. } = self.join_of(a, b);
        let points = if self.neighbours(a, b) {
            vec![out, back]
        } else {
            let (down, up) = (left.x + ASIDE, right.x - ASIDE);
            vec![out, Point { x: down, ..left }, Point { x: down, y }, Point { x: up, y }, Point { x: up, ..right }, back]
        };
        let mark = (kind == LineKind::FormerCouple).then_some(self.join_of(a, b));
        Line { kind, points, mark, joins: vec![self.person(a), self.person(b)] }
    }

    /// Whether two people stand side by side.
    fn neighbours(&self, a: usize, b: usize) -> bool {
        let (one, two) = (self.centres[a], self.centres[b]);
        let between = |c: &Point| c.y == one.y && c.x > one.x.min(two.x) && c.x < one.x.max(two.x);
        one.y == two.y && !self.centres.iter().any(between)
    }

    /// The middle of the line that joins two people, whence their children hang.
    fn join_of(&self, a: usize, b: usize) -> Point {
        let (one, two) = (self.centres[a], self.centres[b]);
        let x = (one.x + two.x) / 2;
        if self.neighbours(a, b) {
            return Point { x, y: one.y };
        }
        let lane = i32::try_from((a + b) % 3).unwrap_or(0);
        Point { x, y: one.y.max(two.y) + HALF + LABEL + 8 + lane * 8 }
    }

    fn over(&self, a: usize, b: usize) -> Vec<Point> {
        let (one, two) = (self.centres[a], self.centres[b]);
        if one.y != two.y || self.neighbours(a, b) {
            return vec![one, two];
        }
        let top = one.y - HALF;
        [(one.x, top), (one.x, top - 8), (two.x, top - 8), (two.x, top)].map(|(x, y)| Point { x, y }).into()
    }

    /// From the join of the parents, or from beside the only one, to each child; each family's bar in a lane of its own.
    fn descent(&self, parents: &[usize], children: &[usize], lane: usize) -> Vec<Line<P>> {
        let lane = i32::try_from(lane % 4).unwrap_or(0) * 6;
        let (start, from) = match *parents {
            [a, b] => (None, self.join_of(a, b)),
            [only] => {
                let Point { x, y } = self.centres[only];
                (Some(Point { x: x + HALF, y }), Point { x: x + ASIDE, y })
            }
            _ => return vec![],
        };
        let line = |child: &usize| {
            let to = self.centres[*child];
            let bar = (to.y - HALF - 14 - lane).max(from.y);
            let rest = [from, Point { x: from.x, y: bar }, Point { x: to.x, y: bar }, Point { x: to.x, y: to.y - HALF }];
            let joins = parents.iter().chain([child]).map(|person| self.person(*person)).collect();
            Line { kind: LineKind::Descent, points: start.into_iter().chain(rest).collect(), mark: None, joins }
        };
        children.iter().map(line).collect()
    }

    /// Lines for what is left, straight, or over the heads of those who stand between: siblings without a common parent here, other ties, and descent that a
    /// contradiction turned round.
    fn plain(&self, families: &BTreeMap<Vec<usize>, Vec<usize>>) -> Vec<Line<P>> {
        let together = |a: usize, b: usize| families.values().any(|children| children.contains(&a) && children.contains(&b));
        let drawn = |edge: &&Edge| match edge.tie {
            Tie::Sibling => !together(edge.a, edge.b),
            Tie::Other(_) => true,
            Tie::Parent => self.stand.of[edge.a] >= self.stand.of[edge.b],
            Tie::Couple | Tie::FormerCouple => false,
        };
        let line = |edge: &Edge| {
            let kind = if edge.tie == Tie::Sibling { LineKind::Sibling } else { LineKind::Other };
            let joins = vec![self.person(edge.a), self.person(edge.b)];
            Line { kind, points: self.over(edge.a, edge.b), mark: None, joins }
        };
        self.edges.iter().filter(drawn).map(line).collect()
    }
}
