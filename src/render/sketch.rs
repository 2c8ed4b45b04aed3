//! The few lines of text that one finding shows, made ready to be drawn.
//!
//! A sketch holds only the lines that labels lie on, in stretches of neighbouring lines, each of one file: nothing between
//! far places is drawn, and no file is scanned again for each finding. Tabs are spaces, hidden characters are shown by
//! number, and lines are cut to the width. Every label covers at least one column, also at the end of a line or file.

use super::text::{char_width, push_visible, visible_line, wrap};
use super::{Ruler, Shown};
use crate::source::{FileId, Position, SourceFile};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::ops::Range;

/// A label over more lines than this marks its first line only.
const TALLEST: usize = 4;
/// How far apart, in lines, two labels may be for the line between them to be shown.
const NEAR: usize = 2;
/// The columns from one tab stop to the next.
const TAB: usize = 4;

/// What the drawer reads.
#[derive(Debug, Default)]
pub struct Sketch {
    text: String,
    /// The stretches in the order they are drawn.
    pub stretches: Vec<Stretch>,
    marks: Vec<Mark>,
}

/// Neighbouring lines of one file.
#[derive(Debug)]
pub struct Stretch {
    /// The file.
    pub file: FileId,
    /// How many digits the number of the last line has.
    pub digits: usize,
    name: String,
    /// Its bytes in the sketch's own text.
    bytes: Range<usize>,
    first_line: usize,
    last_line: usize,
    /// The place named above the stretch.
    head: Position,
}

/// A label on its way into the sketch.
#[derive(Debug)]
struct Mark {
    file: FileId,
    /// In the file, later in the sketch.
    bytes: Range<usize>,
    first_line: usize,
    last_line: usize,
    text: String,
    primary: bool,
}

impl Sketch {
    /// Takes the lines that the labels of a finding lie on.
    pub fn new<'a>(shown: Shown<'a>, width: usize, ruler: &mut Ruler<'a>) -> Self {
        let home = shown.finding.at().file;
        let mut marks: Vec<Mark> = Vec::with_capacity(shown.finding.labels.len());
        for (i, label) in shown.finding.labels.iter().enumerate() {
            let file = shown.sources.file(label.at.file);
            let (bytes, first_line, last_line) = seen(file, label.at.span.range());
            let text = visible_line(&label.text).into_owned();
            marks.push(Mark { file: label.at.file, bytes, first_line, last_line, text, primary: i == 0 });
        }
        marks.sort_by_key(|mark| (mark.file != home, mark.file, mark.bytes.start, mark.bytes.end));

        let mut sketch = Sketch::default();
        let mut rest = marks.as_mut_slice();
        while let Some(first) = rest.first() {
            let (file_id, mut last_line) = (first.file, first.last_line);
            let mut count = 1;
            for mark in rest.iter().skip(1) {
                if mark.file != file_id || mark.first_line > last_line + NEAR {
                    break;
                }
                last_line = last_line.max(mark.last_line);
                count += 1;
            }
            let (group, others) = rest.split_at_mut(count);
            rest = others;
            sketch.add_stretch(shown.sources.file(file_id), group, last_line, width, ruler);
        }
        part(&sketch.text, &mut marks);
        for mark in &mut marks {
            let digits = sketch.stretch_of(&mark.bytes).map_or(1, |stretch| stretch.digits);
            wrap_label(&sketch.text, mark, width.saturating_sub(digits + 5));
        }
        sketch.marks = marks;
        sketch
    }

    /// The labels, for the drawer.
    pub fn labels(&self) -> impl Iterator<Item = LabeledSpan> + '_ {
        self.marks.iter().map(|mark| {
            let text = Some(mark.text.clone()).filter(|text| !text.is_empty());
            let span: SourceSpan = mark.bytes.clone().into();
            if mark.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })
    }

    /// Draws the lines of one stretch into the text and moves its marks there.
    fn add_stretch<'a>(
        &mut self,
        file: &'a SourceFile,
        marks: &mut [Mark],
        last_line: usize,
        width: usize,
        ruler: &mut Ruler<'a>,
    ) {
        let Some(first) = marks.first() else { return };
        let (file_id, first_line, begin) = (first.file, first.first_line, self.text.len());
        let leading = marks.iter().find(|mark| mark.primary).unwrap_or(first);
        let head = ruler.position(file, leading.bytes.start as u32);
        let digits = (last_line + 1).to_string().len();
        let room = width.saturating_sub(digits + 5).max(40);
        let mut drawn: Vec<Range<usize>> = vec![0..0; marks.len()];
        for line in first_line..=last_line {
            let bytes = line_bytes(file, line);
            let here = |mark: &&Mark| mark.first_line <= line && line <= mark.last_line;
            let starts = marks.iter().filter(here).map(|mark| mark.bytes.start.max(bytes.start)).min();
            let ends = marks.iter().filter(here).map(|mark| mark.bytes.end.min(bytes.end)).max();
            let wanted = starts.unwrap_or(bytes.start)..ends.unwrap_or(bytes.start);
            let cells = self.draw_line(file, bytes, wanted, room);
            let end = self.text.len();
            let at = |offset: usize| {
                let next = cells.partition_point(|&(original, _)| original < offset);
                cells.get(next).map_or(end, |&(_, drawn)| drawn)
            };
            for (mark, drawn) in marks.iter().zip(&mut drawn) {
                if mark.first_line == line {
                    drawn.start = at(mark.bytes.start);
                }
                if mark.last_line == line {
                    drawn.end = at(mark.bytes.end);
                }
            }
            if drawn.iter().any(|range| range.start == end) {
                // A place behind the last word of the line needs a column to be pointed at.
                self.text.push(' ');
            }
            self.text.push('\n');
        }
        for (mark, mut drawn) in marks.iter_mut().zip(drawn) {
            let one = self.text.get(drawn.start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            drawn.end = drawn.end.max(drawn.start + one);
            mark.bytes = drawn;
        }
        let name = visible_line(file.path()).into_owned();
        let bytes = begin..self.text.len();
        // The frames of one file are joined under the head of the first, so that one names the place of the finding.
        self.stretches.push(Stretch { file: file_id, digits, name, bytes, first_line, last_line, head });
    }

    /// Appends what can be seen of a line within `room` columns; gives for each character its place in the file and in the
    /// sketch.
    fn draw_line(
        &mut self,
        file: &SourceFile,
        line: Range<usize>,
        wanted: Range<usize>,
        room: usize,
    ) -> Vec<(usize, usize)> {
        let text = file.text();
        let slice = |range: Range<usize>| text.get(range).unwrap_or("");
        let from_start = columns(slice(line.start..wanted.end), room + 1);
        let fits = from_start <= room && (columns(slice(line.clone()), room + 1) <= room || from_start < room);
        let begin = if fits {
            line.start
        } else {
            let before = slice(line.start..wanted.start);
            let kept = before.char_indices().rev().take(room / 4).last().map_or(before.len(), |(i, _)| i);
            line.start + kept
        };
        if begin > line.start {
            self.text.push('…');
        }
        let mut cells = Vec::with_capacity(room.min(line.len()));
        let mut column = usize::from(begin > line.start);
        for (i, c) in slice(begin..line.end).char_indices() {
            let place = self.text.len();
            let before = column;
            if c == '\t' {
                let step = TAB - column % TAB;
                self.text.extend(std::iter::repeat_n(' ', step));
                column += step;
            } else {
                push_visible(&mut self.text, c);
                column += self.text.get(place..).map_or(0, |shown| shown.chars().map(char_width).sum());
            }
            if column > room {
                self.text.truncate(place);
                if before < room {
                    self.text.push('…');
                }
                cells.push((begin + i, place));
                break;
            }
            cells.push((begin + i, place));
        }
        cells
    }

    fn stretch_of(&self, bytes: &Range<usize>) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|stretch| stretch.bytes.start <= bytes.start);
        let stretch = self.stretches.get(after.checked_sub(1)?)?;
        (bytes.end <= stretch.bytes.end).then_some(stretch)
    }
}

impl SourceCode for Sketch {
    /// Gives the whole stretch that holds a span, and refuses one that crosses stretches, so that the drawer never joins
    /// two of them. Asked for no lines around the span, it wants to know the place to name above the frame.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let bytes = span.offset()..span.offset() + span.len();
        let stretch = self.stretch_of(&bytes).ok_or(MietteError::OutOfBounds)?;
        let data = self.text.as_bytes().get(stretch.bytes.clone()).ok_or(MietteError::OutOfBounds)?;
        let (line, column) = match before {
            0 => (stretch.head.line as usize - 1, stretch.head.column as usize - 1),
            _ => (stretch.first_line, 0),
        };
        let whole: SourceSpan = stretch.bytes.clone().into();
        let lines = stretch.last_line + 1 - stretch.first_line;
        Ok(Box::new(MietteSpanContents::new_named(stretch.name.clone(), data, whole, line, column, lines)))
    }
}

/// The part of a span that is drawn, with its first and last line: inside the text, without white space at its end, and
/// over few lines.
fn seen(file: &SourceFile, span: Range<usize>) -> (Range<usize>, usize, usize) {
    let text = file.text();
    let mut start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let words = text.get(start..end).unwrap_or("").trim_end().len();
    if words == 0 && text.get(start..).is_none_or(|rest| rest.trim_start().is_empty()) {
        // What is missing at the end of a file is missing behind its last word.
        start = text.trim_end().len();
    }
    let end = start + words;
    let first_line = file.line_of(start as u32);
    let last_line = file.line_of(end.saturating_sub(1).max(start) as u32);
    if last_line >= first_line + TALLEST {
        return (start..line_bytes(file, first_line).end.max(start), first_line, first_line);
    }
    (start..end, first_line, last_line)
}

/// The last place at or before `offset` where a character starts.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A line without its line end.
fn line_bytes(file: &SourceFile, line: usize) -> Range<usize> {
    let text = file.text();
    let start = file.line_starts().get(line).map_or(text.len(), |&start| start as usize);
    let end = file.line_starts().get(line + 1).map_or(text.len(), |&next| next as usize);
    let body = text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
    start..start + body.len()
}

/// How many columns a text takes, counted no further than `limit`.
fn columns(text: &str, limit: usize) -> usize {
    let mut column = 0;
    for c in text.chars() {
        column += match c {
            '\t' => TAB - column % TAB,
            c if super::text::is_hidden(c) => 8,
            c => char_width(c),
        };
        if column >= limit {
            break;
        }
    }
    column
}

/// Makes labels of one line disjoint, since the drawer cannot draw one inside another: of two that begin together the
/// longer one keeps its end, otherwise the earlier one keeps its beginning. The same words get one label.
fn part(text: &str, marks: &mut Vec<Mark>) {
    marks.dedup_by(|later, earlier| {
        let same = later.bytes == earlier.bytes;
        if same {
            earlier.primary |= later.primary;
            if earlier.text.is_empty() {
                earlier.text = std::mem::take(&mut later.text);
            } else if !later.text.is_empty() && later.text != earlier.text {
                earlier.text = format!("{}; {}", earlier.text, later.text);
            }
        }
        same
    });
    for i in 1..marks.len() {
        let Some((before, rest)) = marks.split_at_mut_checked(i) else { return };
        let (Some(earlier), Some(later)) = (before.last_mut(), rest.first_mut()) else { return };
        let one_line = |mark: &Mark| mark.first_line == mark.last_line;
        let meet = later.bytes.start < earlier.bytes.end && one_line(earlier) && one_line(later);
        if !meet {
            continue;
        }
        if earlier.bytes.start < later.bytes.start {
            earlier.bytes.end = later.bytes.start;
            let kept = text.get(earlier.bytes.clone()).unwrap_or("").trim_end().len();
            earlier.bytes.end = earlier.bytes.start + kept.max(1);
        } else if earlier.bytes.end < later.bytes.end {
            let tail = text.get(earlier.bytes.end..later.bytes.end).unwrap_or("");
            let skipped = tail.len() - tail.trim_start().len();
            later.bytes.start = earlier.bytes.end + if skipped < tail.len() { skipped } else { 0 };
        }
    }
}

/// Breaks the words of a label to fit between the place where they begin and the edge.
fn wrap_label(text: &str, mark: &mut Mark, room: usize) {
    let line_start = text.get(..mark.bytes.start).and_then(|before| before.rfind('\n')).map_or(0, |i| i + 1);
    let indent: usize = text.get(line_start..mark.bytes.start).unwrap_or("").chars().map(char_width).sum();
    let long: usize = text.get(mark.bytes.clone()).unwrap_or("").chars().map(char_width).sum();
    let left = room.saturating_sub(indent + long / 2 + 4).max(24);
    mark.text = wrap(&mark.text, left);
}
