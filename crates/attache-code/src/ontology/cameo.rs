//! The CAMEO codes beside PLOVER: their names, Goldstein values and the PLOVER types they answer to.

use super::{EventType, OntologyError};
use crate::table::lines;
use std::collections::BTreeMap;

/// One CAMEO code.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoCode {
    /// Two to four digits; the first two are the root.
    pub code: String,
    /// Value on the Goldstein scale, −10…+10; none where the public scale names none.
    pub goldstein: Option<f64>,
    /// What it stands for.
    pub name: String,
    /// PLOVER type it answers to; none for plain statements.
    pub kind: Option<EventType>,
    /// PLOVER mode it answers to.
    pub mode: Option<String>,
}

/// Reads `code goldstein name type mode`, tab-separated under a header line; `-` for none.
pub(super) fn parse(text: &str) -> Result<BTreeMap<String, CameoCode>, OntologyError> {
    let mut codes = BTreeMap::new();
    for (number, line) in lines(text).skip(1) {
        let code = row(line).map_err(|what| OntologyError::Cameo { line: number, what })?;
        codes.insert(code.code.clone(), code);
    }
    Ok(codes)
}

fn row(line: &str) -> Result<CameoCode, String> {
    let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [code, goldstein, name, kind, mode] = cells.as_slice() else {
        return Err(format!("5 columns are wanted, {} are there", cells.len()));
    };
    if !(2..=4).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("`{code}` is not a code of two to four digits"));
    }
    let given = |cell: &str| (cell != "-").then(|| cell.to_owned());
    let goldstein = match given(goldstein) {
        Some(value) => Some(value.parse().map_err(|_| format!("`{value}` is not a number"))?),
        None => None,
    };
    let kind = match given(kind) {
        Some(name) => Some(EventType::parse(&name).ok_or_else(|| format!("`{name}` is not an event type"))?),
        None => None,
    };
    Ok(CameoCode { code: (*code).to_owned(), goldstein, name: (*name).to_owned(), kind, mode: given(mode) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read() {
        let codes =
            parse("code\tgoldstein\tname\ttype\tmode\n042\t1.9\tmake a visit\tCONSULT\tvisit\n").unwrap();
        let visit = &codes["042"];
        assert_eq!((visit.goldstein, visit.kind), (Some(1.9), Some(EventType::Consult)));
        assert_eq!(visit.mode.as_deref(), Some("visit"));
    }

    #[test]
    fn a_bad_row_is_named_by_its_line() {
        let error = parse("code\tgoldstein\tname\ttype\tmode\n4x\t1.9\tvisit\tCONSULT\t-\n").unwrap_err();
        assert_eq!(error.to_string(), "CAMEO table, line 2: `4x` is not a code of two to four digits");
    }
}
