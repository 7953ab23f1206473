//! What all requests share: the archive's readers, what sides are called, briefs told lately.

use crate::api::{Holdings, holdings};
use crate::problem::Problem;
use attache_report::ask::{ask, state};
use attache_report::{Brief, Question, Sides};
use attache_store::{Archive, StoreError};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

/// What a request may use.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Requests that read the archive at the same time; more wait.
    pub readers: usize,
    /// How long one may wait and read.
    pub time: Duration,
    /// Bytes of an address.
    pub query: usize,
    /// Rows of a page of the API.
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { readers: 8, time: Duration::from_secs(15), query: 16_384, rows: 500 }
    }
}

/// So many briefs are kept.
const BRIEFS: usize = 32;
/// Briefs with more events than this are told anew each time.
const LARGE: usize = 20_000;

/// Shared by all requests.
pub struct App {
    path: PathBuf,
    sides: Sides,
    /// What a request may use.
    pub limits: Limits,
    /// True where the archive is the demo's, which the pages say.
    pub demo: bool,
    pool: Mutex<Vec<Archive>>,
    turn: Arc<Semaphore>,
    briefs: Mutex<VecDeque<(String, Arc<Brief>)>>,
    held: Mutex<Option<Holdings>>,
}

impl App {
    /// The server of an archive, which is opened once to see that it can be.
    ///
    /// # Errors
    /// Where it cannot.
    pub fn new(path: &Path, sides: Sides, limits: Limits) -> Result<App, StoreError> {
        let first = Archive::open(path)?;
        Ok(App {
            path: path.to_owned(),
            sides,
            limits,
            demo: false,
            pool: Mutex::new(vec![first]),
            turn: Arc::new(Semaphore::new(limits.readers.max(1))),
            briefs: Mutex::new(VecDeque::new()),
            held: Mutex::new(None),
        })
    }

    /// What sides are called.
    pub fn sides(&self) -> &Sides {
        &self.sides
    }

    /// Runs a question on a thread of its own with an archive of its own; gives up, and stops the query,
    /// when the time of a request is over.
    ///
    /// # Errors
    /// [`Problem::Busy`] where that happens, and what the question itself gives.
    pub async fn read<T: Send + 'static>(
        self: &Arc<App>,
        question: impl FnOnce(&App, &Archive) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let limit = self.limits.time;
        let permit = tokio::time::timeout(limit, Arc::clone(&self.turn).acquire_owned());
        let permit = permit.await.map_err(|_| Problem::Busy)?.map_err(|_| Problem::Busy)?;
        let (tell, told) = oneshot::channel();
        let app = Arc::clone(self);
        let mut work = tokio::task::spawn_blocking(move || {
            let archive = app.archive()?;
            let _ = tell.send(archive.connection().get_interrupt_handle());
            let answer = question(&app, &archive);
            app.pool.lock().unwrap_or_else(PoisonError::into_inner).push(archive);
            // Held until here: a turn is over when its thread is, also where the asker has left.
            drop(permit);
            answer
        });
        match tokio::time::timeout(limit, &mut work).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(Problem::Fault("a question did not end well".into())),
            Err(_) => {
                if let Ok(handle) = told.await {
                    handle.interrupt();
                }
                Err(Problem::Busy)
            }
        }
    }

    fn archive(&self) -> Result<Archive, Problem> {
        let ready = self.pool.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match ready {
            Some(archive) => Ok(archive),
            None => Ok(Archive::open(&self.path)?),
        }
    }

    /// What the archive holds, counted once a state.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn holdings(&self, archive: &Archive) -> Result<Holdings, Problem> {
        let now = state(archive)?;
        let held = || self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = held().as_ref().filter(|known| known.archive == now) {
            return Ok(known.clone());
        }
        let counted = holdings(archive)?;
        *held() = Some(counted.clone());
        Ok(counted)
    }

    /// The brief of a question, told lately or now.
    ///
    /// # Errors
    /// Where the archive cannot be read.
    pub fn brief(&self, archive: &Archive, question: &Question) -> Result<Arc<Brief>, Problem> {
        let key = format!("{}|{question:?}", state(archive)?);
        let kept = || self.briefs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, brief)) = kept().iter().find(|(one, _)| *one == key) {
            return Ok(Arc::clone(brief));
        }
        let brief = Arc::new(ask(archive, &self.sides, question)?);
        if brief.events.len() <= LARGE {
            let mut briefs = kept();
            briefs.push_back((key, Arc::clone(&brief)));
            while briefs.len() > BRIEFS {
                briefs.pop_front();
            }
        }
        Ok(brief)
    }
}
