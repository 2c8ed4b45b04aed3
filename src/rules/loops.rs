//! Finds what leads back to itself. Knows nothing of drafts.

/// The cycles among nodes `0..count`, one for each knot, each in the order in which its nodes lead on; a node that leads
/// to itself is a cycle of one. The result depends on the order of nodes and edges alone.
pub fn cycles(count: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Open,
        Done,
    }
    let mut seen = vec![Seen::No; count];
    let mut told = vec![false; count];
    let mut found = Vec::new();
    for root in 0..count {
        if seen.get(root) != Some(&Seen::No) {
            continue;
        }
        // A stack of its own: a chain of ten thousand events must not exhaust the thread's.
        let mut path: Vec<(usize, std::vec::IntoIter<usize>)> = vec![(root, next(root).into_iter())];
        mark(&mut seen, root, Seen::Open);
        while let Some((node, rest)) = path.last_mut() {
            let node = *node;
            let Some(follower) = rest.next() else {
                mark(&mut seen, node, Seen::Done);
                path.pop();
                continue;
            };
            match seen.get(follower) {
                Some(Seen::No) => {
                    mark(&mut seen, follower, Seen::Open);
                    path.push((follower, next(follower).into_iter()));
                }
                Some(Seen::Open) => {
                    let ring: Vec<usize> =
                        path.iter().map(|(node, _)| *node).skip_while(|&node| node != follower).collect();
                    if ring.iter().all(|&node| told.get(node) == Some(&false)) {
                        ring.iter().for_each(|&node| mark(&mut told, node, true));
                        found.push(ring);
                    }
                }
                _ => {}
            }
        }
    }
    found
}

fn mark<T>(table: &mut [T], at: usize, value: T) {
    if let Some(slot) = table.get_mut(at) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::cycles;

    fn of(edges: &[(usize, usize)], count: usize) -> Vec<Vec<usize>> {
        cycles(count, |node| edges.iter().filter(|(from, _)| *from == node).map(|(_, to)| *to).collect())
    }

    #[test]
    fn a_chain_has_no_cycle_and_a_ring_has_one() {
        assert!(of(&[(0, 1), (1, 2), (0, 2)], 3).is_empty());
        assert_eq!(of(&[(0, 1), (1, 2), (2, 1)], 3), [vec![1, 2]]);
    }

    #[test]
    fn two_knots_are_told_apart_and_a_knot_is_told_once() {
        assert_eq!(of(&[(0, 0), (1, 2), (2, 1), (2, 3), (3, 1)], 4), [vec![0], vec![1, 2]]);
    }
}
