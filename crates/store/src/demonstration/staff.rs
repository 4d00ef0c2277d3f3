//! Teams and workers of the borough, with their accounts, roles and lines of supervision.

use care::examples::{Borough, Worker, seen_as};

use super::{BEGAN, TEAM, WORKER, id, writer::Writer};
use crate::{
    Result, Tx,
    bulk::{Cell, Rows},
};

impl Writer<'_> {
    pub(super) async fn staff(&mut self, tx: &mut Tx, borough: &Borough) -> Result<()> {
        let mut teams = Rows::into("team", &["id", "name", "kind", "service", "parent_id", "from_on", "version"]);
        for t in &borough.teams {
            let parent = t.parent.map(|p| id(TEAM, p));
            teams
                .add(
                    tx,
                    [
                        Cell::text(id(TEAM, t.no)),
                        Cell::text(t.name),
                        Cell::text(t.kind),
                        Cell::text(t.service),
                        Cell::text_or_null(parent),
                        Cell::On(BEGAN),
                        Cell::Number(1),
                    ],
                )
                .await?;
        }
        teams.send(tx).await?;
        let mut workers = Rows::into(
            "worker",
            &[
                "id",
                "given_name",
                "surname",
                "email",
                "telephone",
                "employment",
                "agency_name",
                "fte_hundredths",
                "started_on",
                "last_day_on",
                "newly_qualified_until_on",
                "version",
            ],
        );
        for w in &borough.workers {
            workers.add(tx, worker_row(w)).await?;
        }
        workers.send(tx).await?;
        self.standing(tx, borough).await
    }

    async fn standing(&mut self, tx: &mut Tx, borough: &Borough) -> Result<()> {
        let mut roles = Rows::into("role_held", &["id", "worker_id", "role", "team_id", "from_on", "granted_by", "granted_at"]);
        let mut accounts = Rows::into("account", &["worker_id", "username", "totp_last_step", "preferences", "version"]);
        let mut lines = Rows::into("supervision_line", &["id", "worker_id", "supervisor_id", "from_on"]);
        let mut absences = Rows::into("absence", &["id", "worker_id", "from_on", "recorded_by", "recorded_at"]);
        for w in &borough.workers {
            let me = Cell::text(id(WORKER, w.no));
            let team = Cell::text_or_null(w.team.map(|t| id(TEAM, t)));
            let row = [
                self.other(),
                me.clone(),
                Cell::text(w.role.code()),
                team,
                Cell::On(w.started_on),
                Cell::text("system"),
                Cell::At(self.now),
            ];
            roles.add(tx, row).await?;
            if w.role == care::access::Role::FrontDoorWorker {
                // They are social workers too, in no team that holds cases.
                let social_worker = Cell::text(care::access::Role::SocialWorker.code());
                let both =
                    [self.other(), me.clone(), social_worker, Cell::Null, Cell::On(w.started_on), Cell::text("system"), Cell::At(self.now)];
                roles.add(tx, both).await?;
            }
            accounts.add(tx, [me.clone(), Cell::text(username(w)), Cell::Number(0), Cell::text(preferences(w)), Cell::Number(1)]).await?;
            if let Some(supervisor) = w.supervisor {
                lines.add(tx, [self.other(), me.clone(), Cell::text(id(WORKER, supervisor)), Cell::On(w.started_on)]).await?;
            }
            if let Some(from) = w.absent_from_on {
                absences.add(tx, [self.other(), me, Cell::On(from), Cell::text("system"), Cell::At(self.now)]).await?;
            }
        }
        for rows in [&mut roles, &mut accounts, &mut lines, &mut absences] {
            rows.send(tx).await?;
        }
        Ok(())
    }
}

/// The cast among the workers is offered first on the sign-in page.
fn preferences(w: &Worker) -> String {
    seen_as(w.no).map_or_else(|| "{}".into(), |words| serde_json::json!({ "shown_as": words }).to_string())
}

/// `priya.nair`, with the number where two share a name.
fn username(w: &Worker) -> String {
    let plain: String =
        format!("{}.{}", w.given_name, w.surname).to_lowercase().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
    if seen_as(w.no).is_some() { plain } else { format!("{plain}{}", w.no) }
}

fn worker_row(w: &Worker) -> [Cell; 12] {
    let agency = w.agency.then_some("Brightwater Care Staffing");
    [
        Cell::text(id(WORKER, w.no)),
        Cell::text(&w.given_name),
        Cell::text(&w.surname),
        Cell::text(format!("{}@ashmere.example", username(w))),
        Cell::text(format!("01632 960{:03}", w.no % 1000)),
        Cell::text(if w.agency { "agency" } else { "employee" }),
        Cell::text_or_null(agency),
        Cell::Number(w.fte_hundredths),
        Cell::On(w.started_on),
        Cell::on(w.last_day_on),
        Cell::on(w.newly_qualified_until_on),
        Cell::Number(1),
    ]
}
