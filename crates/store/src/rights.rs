//! May this worker do this for the service? The twin of [`crate::people::open`] for deeds that concern no person's record.

use care::access::{Deed, Role};

use crate::{Error, Result, Tx, workers};

/// The asker's roles today, if one of them does this. Commands act with the rights of whoever runs the machine; the
/// public has none.
pub async fn require(tx: &mut Tx, deed: Deed) -> Result<Vec<Role>> {
    require_any(tx, deed.granted_to()).await
}

/// The asker's roles today, if they hold one of these.
pub async fn require_any(tx: &mut Tx, wanted: &[Role]) -> Result<Vec<Role>> {
    if tx.act().is_built_in() {
        return if tx.act().worker().as_str() == "public" { Err(Error::RoleLacks) } else { Ok(Vec::new()) };
    }
    let me = tx.act().worker().clone();
    let today = tx.today();
    let standing = workers::standing(tx, &me, today).await?;
    let roles: Vec<Role> = standing.roles.iter().filter_map(|r| Role::from_code(&r.role)).collect();
    if roles.iter().any(|role| wanted.contains(role)) { Ok(roles) } else { Err(Error::RoleLacks) }
}
