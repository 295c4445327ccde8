//! Members by group, in two flat lists.

/// For each group the start of its members, with one more entry at the end; and the members, ordered within each group.
pub(crate) fn members_by_group(groups: &[u32], group_count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; group_count + 1];
    for &group in groups {
        starts[group as usize + 1] += 1;
    }
    for group in 0..group_count {
        starts[group + 1] += starts[group];
    }
    let mut next = starts.clone();
    let mut members = vec![0; groups.len()];
    for (member, &group) in groups.iter().enumerate() {
        members[next[group as usize] as usize] = member as u32;
        next[group as usize] += 1;
    }
    (starts, members)
}
