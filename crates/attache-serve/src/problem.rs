//! Why a request has no answer, in words for a person and a status for a program.

use attache_report::SideError;
use attache_store::StoreError;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request has no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// A parameter is missing or cannot be used.
    #[error("{0}")]
    Bad(String),
    /// There is no such thing.
    #[error("there is no {0}")]
    Missing(String),
    /// Too many ask at the same time, or the question takes too long.
    #[error("the archive is busy; please try again in a moment")]
    Busy,
    /// The archive or the program failed.
    #[error("{0}")]
    Fault(String),
}

impl Problem {
    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Problem::Bad(_) => StatusCode::BAD_REQUEST,
            Problem::Missing(_) => StatusCode::NOT_FOUND,
            Problem::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Problem::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The problem as `application/problem+json` (RFC 9457).
    pub fn json(&self) -> Response {
        let status = self.status();
        let body = json!({"title": status.canonical_reason(), "status": status.as_u16(), "detail": self.to_string()});
        let mut response = (status, body.to_string()).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if matches!(self, Problem::Busy) {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from_static("2"));
        }
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.json()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Problem {
        match error {
            // A query that took too long was stopped.
            StoreError::Sqlite(rusqlite::Error::SqliteFailure(failure, _))
                if matches!(
                    failure.code,
                    rusqlite::ErrorCode::OperationInterrupted | rusqlite::ErrorCode::DatabaseBusy
                ) =>
            {
                Problem::Busy
            }
            // The path of the archive is nobody's business on the other side of the wire.
            error @ StoreError::Sqlite(_) => Problem::Fault(error.to_string()),
            _ => Problem::Fault("the archive cannot be read".into()),
        }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Problem {
        Problem::from(StoreError::from(error))
    }
}

impl From<SideError> for Problem {
    fn from(error: SideError) -> Problem {
        Problem::Bad(error.to_string())
    }
}

impl From<askama::Error> for Problem {
    fn from(error: askama::Error) -> Problem {
        Problem::Fault(error.to_string())
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Problem {
        Problem::Fault(error.to_string())
    }
}
