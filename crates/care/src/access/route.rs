//! What every address declares about who may use it. The router's table holds one of these for each route, and one
//! test walks the whole table; a route without one does not compile.

use super::{About, Deed, Role};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteNeed {
    /// Anyone, without an account.
    Public,
    /// Anyone who is signed in; it shows only their own things.
    SignedIn,
    /// Any of these roles.
    AnyOf(&'static [Role]),
    /// Any role that does this for the service.
    Service(Deed),
    /// A role that does this, and the store's judgement on the person that the address names.
    Person(Deed),
}

/// The answer at the door, before any record is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Admitted,
    /// Admitted so far: the store judges each record.
    AdmittedToAsk,
    SignInFirst,
    RoleLacks,
}

impl RouteNeed {
    /// `None` for roles means that nobody is signed in.
    pub fn admits(self, roles: Option<&[Role]>) -> Admission {
        let Some(roles) = roles else {
            return if self == RouteNeed::Public { Admission::Admitted } else { Admission::SignInFirst };
        };
        let any = |wanted: &[Role]| roles.iter().any(|role| wanted.contains(role));
        match self {
            RouteNeed::Public | RouteNeed::SignedIn => Admission::Admitted,
            RouteNeed::AnyOf(wanted) if any(wanted) => Admission::Admitted,
            RouteNeed::Service(deed) if any(deed.granted_to()) => Admission::Admitted,
            RouteNeed::Person(deed) if any(deed.granted_to()) => Admission::AdmittedToAsk,
            _ => Admission::RoleLacks,
        }
    }

    /// Whether the need and the deed agree: a person's deed never stands as one of the service.
    pub fn is_sound(self) -> bool {
        match self {
            RouteNeed::Service(deed) => deed.about() == About::Service,
            RouteNeed::Person(deed) => deed.about() == About::Person,
            RouteNeed::AnyOf(roles) => !roles.is_empty(),
            RouteNeed::Public | RouteNeed::SignedIn => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_by_need() {
        let worker: &[Role] = &[Role::SocialWorker];
        let councillor: &[Role] = &[Role::Councillor];
        for (need, nobody, social_worker, elected) in [
            (RouteNeed::Public, Admission::Admitted, Admission::Admitted, Admission::Admitted),
            (RouteNeed::SignedIn, Admission::SignInFirst, Admission::Admitted, Admission::Admitted),
            (RouteNeed::AnyOf(&[Role::Councillor]), Admission::SignInFirst, Admission::RoleLacks, Admission::Admitted),
            (RouteNeed::Service(Deed::SeeService), Admission::SignInFirst, Admission::RoleLacks, Admission::Admitted),
            (RouteNeed::Person(Deed::ReadRecord), Admission::SignInFirst, Admission::AdmittedToAsk, Admission::RoleLacks),
        ] {
            assert_eq!(need.admits(None), nobody, "{need:?}");
            assert_eq!(need.admits(Some(worker)), social_worker, "{need:?}");
            assert_eq!(need.admits(Some(councillor)), elected, "{need:?}");
            assert!(need.is_sound());
        }
        assert_eq!(RouteNeed::SignedIn.admits(Some(&[])), Admission::Admitted);
        assert!(!RouteNeed::Service(Deed::ReadRecord).is_sound());
        assert!(!RouteNeed::Person(Deed::Import).is_sound());
    }
}
