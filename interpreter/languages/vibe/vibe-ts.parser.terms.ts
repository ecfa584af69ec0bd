// Generated from vibe-ts.grammar by scripts/grammars.mjs. Change the grammar, then run it again.
export const
  LineComment = 1,
  BlockComment = 2,
  Code = 3,
  Keyword = 4,
  Name = 5,
  Literal = 6,
  TypeWord = 7,
  Number = 8,
  String = 9,
  Template = 10,
  Sign = 11,
  Bracket = 12
