//! How deep a footer nests its columns, told before anything recurses into them: a footer of a
//! megabyte can nest so deep that its reader's stack runs over.
//!
//! A footer is a struct in Thrift's compact protocol, its second field a list of all columns, each
//! before its children: <https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift>.

/// Fields of the footer and of a column.
const SCHEMA: i64 = 2;
const CHILDREN: i64 = 5;

/// Structs in structs; Parquet's own stay below ten.
const STRUCTS: usize = 32;

/// How many columns stand in one another at the deepest; `None` if that is not to be told.
pub(super) fn deepest(footer: &[u8]) -> Option<usize> {
    let mut footer = Compact(footer);
    let mut field = 0;
    loop {
        let kind = footer.field(&mut field)??;
        if field == SCHEMA && kind == Kind::List {
            break;
        }
        footer.skip(kind, STRUCTS)?;
    }
    let (columns, _) = footer.list()?;
    let mut open: Vec<i64> = Vec::new();
    let mut deepest = 0;
    for _ in 0..columns {
        while open.pop_if(|left| *left <= 0).is_some() {}
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        open.push(footer.children()?);
        deepest = deepest.max(open.len());
    }
    Some(deepest)
}

/// What is left of a footer.
struct Compact<'f>(&'f [u8]);

/// Kinds of values, as far as they differ in how they are stepped over.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Bool,
    Byte,
    Number,
    Double,
    Bytes,
    List,
    Struct,
}

impl Kind {
    fn of(nibble: u8) -> Option<Self> {
        Some(match nibble {
            1 | 2 => Self::Bool,
            3 => Self::Byte,
            4..=6 => Self::Number,
            7 => Self::Double,
            8 => Self::Bytes,
            9 | 10 => Self::List,
            12 => Self::Struct,
            _ => return None,
        })
    }
}

impl Compact<'_> {
    /// How many children a column has.
    fn children(&mut self) -> Option<i64> {
        let (mut field, mut children) = (0, 0);
        while let Some(kind) = self.field(&mut field)? {
            if field == CHILDREN && kind == Kind::Number {
                children = self.signed()?;
            } else {
                self.skip(kind, STRUCTS)?;
            }
        }
        Some(children)
    }

    /// The kind of the next field, whose number follows from the one before; `Some(None)` at the
    /// end of the struct.
    fn field(&mut self, number: &mut i64) -> Option<Option<Kind>> {
        let head = self.byte()?;
        if head == 0 {
            return Some(None);
        }
        *number = match i64::from(head >> 4) {
            0 => self.signed()?,
            further => number.checked_add(further)?,
        };
        Kind::of(head & 0xf).map(Some)
    }

    /// The length of a list, and the kind of what is in it.
    fn list(&mut self) -> Option<(u64, Kind)> {
        let head = self.byte()?;
        let length = match head >> 4 {
            0xf => self.unsigned()?,
            length => u64::from(length),
        };
        Some((length, Kind::of(head & 0xf)?))
    }

    fn skip(&mut self, kind: Kind, structs: usize) -> Option<()> {
        match kind {
            Kind::Bool => Some(()),
            Kind::Byte => self.step(1),
            Kind::Number => self.unsigned().map(drop),
            Kind::Double => self.step(8),
            Kind::Bytes => {
                let length = self.unsigned()?;
                self.step(length)
            }
            Kind::List => {
                let (length, kind) = self.list()?;
                let kind = if kind == Kind::Bool { Kind::Byte } else { kind };
                let structs = structs.checked_sub(1)?;
                (0..length).try_for_each(|_| self.skip(kind, structs))
            }
            Kind::Struct => {
                let structs = structs.checked_sub(1)?;
                let mut field = 0;
                while let Some(kind) = self.field(&mut field)? {
                    self.skip(kind, structs)?;
                }
                Some(())
            }
        }
    }

    fn step(&mut self, bytes: u64) -> Option<()> {
        self.0 = self.0.get(usize::try_from(bytes).ok()?..)?;
        Some(())
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    /// Seven bits a byte, the lowest first.
    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// The sign in the lowest bit.
    fn signed(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }
}
