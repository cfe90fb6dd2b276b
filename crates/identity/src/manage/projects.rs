//! Projects.

use super::{check_description, check_name, get};
use crate::{Caller, Error, Live, Project, ProjectStatus};
use countersign_store::{put, write};
use countersign_types::ProjectId;

/// What to set; everything else stays.
#[derive(Default)]
pub struct ProjectDraft {
    /// Unique in the account.
    pub name: Option<String>,
    /// The region's project that this one is part of; only when it is created.
    pub parent_id: Option<String>,
    /// Whether anything in it authenticates.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
}

impl Live {
    /// Creates a project.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`], [`Error::NameTaken`], [`Error::NotFound`] for the parent, or a fault.
    pub fn create_project(&self, caller: &Caller, draft: &ProjectDraft) -> Result<Project, Error> {
        caller.require("iam:projects:createProject", &caller.resource("project", "*"))?;
        let name = draft.name.clone().ok_or(Error::Invalid { field: "name", reason: "a name" })?;
        let id = ProjectId::parse(&self.identity.new_id()).expect("hex digits are an identifier");
        write(self.identity.store.as_ref(), |writer| {
            let parent = draft.parent_id.as_deref().filter(|parent| *parent != caller.domain.id.as_str());
            let parent =
                parent.map(|parent| get::<Project>(writer, caller, "project", parent)).transpose()?;
            let project = Project {
                id: id.clone(),
                domain_id: caller.domain.id.clone(),
                name: name.clone(),
                enabled: true,
                status: ProjectStatus::Normal,
                description: String::new(),
                parent_id: parent.map(|parent| parent.id),
                created: self.now(),
            };
            let project = apply(project, draft)?;
            put(writer, &project)?;
            Ok(project)
        })
    }

    /// Changes a project.
    ///
    /// # Errors
    /// As [`Live::create_project`], and [`Error::NotFound`].
    pub fn update_project(&self, caller: &Caller, id: &str, draft: &ProjectDraft) -> Result<Project, Error> {
        caller.require("iam:projects:updateProject", &caller.resource("project", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let project = apply(get(writer, caller, "project", id)?, draft)?;
            put(writer, &project)?;
            Ok(project)
        })
    }

    /// Suspends a project, or lets it work again.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], or a fault.
    pub fn update_project_status(
        &self,
        caller: &Caller,
        id: &str,
        status: ProjectStatus,
    ) -> Result<(), Error> {
        caller.require("iam:projects:updateProject", &caller.resource("project", id))?;
        write(self.identity.store.as_ref(), |writer| {
            let project: Project = get(writer, caller, "project", id)?;
            Ok(put(writer, &Project { status, ..project })?)
        })
    }
}

fn apply(mut project: Project, draft: &ProjectDraft) -> Result<Project, Error> {
    if let Some(name) = &draft.name {
        check_name(name)?;
        name.clone_into(&mut project.name);
    }
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut project.description);
    }
    project.enabled = draft.enabled.unwrap_or(project.enabled);
    Ok(project)
}
