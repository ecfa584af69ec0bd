// Generated from vibe-ts.grammar by scripts/grammars.mjs. Change the grammar, then run it again.
import {LRParser} from "@lezer/lr"
import {tsHighlighting} from "./vibe-highlight.ts"
const spec_Name = {__proto__:null,as:36, async:36, await:36, break:36, case:36, catch:36, class:36, const:36, continue:36, default:36, delete:36, do:36, else:36, enum:36, extends:36, finally:36, for:36, function:36, if:36, implements:36, import:36, in:36, instanceof:36, interface:36, let:36, new:36, of:36, return:36, satisfies:36, super:36, switch:36, this:36, throw:36, try:36, type:36, typeof:36, var:36, void:36, while:36, yield:36, true:38, false:38, null:38, undefined:38, NaN:38, Infinity:38, string:40, number:40, boolean:40, unknown:40, any:40, never:40, object:40, Promise:40, Record:40, Array:40}
export const parser = LRParser.deserialize({
  version: 14,
  states: "!QQ]QPOOOOQO'#C`'#C`OOQO'#Cb'#CbOOQO'#Cc'#CcOOQO'#Cm'#CmOOQO'#Ci'#CiQ]QPOOOOQO-E6g-E6g",
  stateData: "!O~O`OSPOSQOS~OTSOWSOXSOYSOZSO[SObPOcQOdRO~OPQZ~",
  goto: "qbPPPPcPccPPPPPgPPPmTSOUQUORVUTTOU",
  nodeNames: "⚠ LineComment BlockComment Code Keyword Name Literal TypeWord Number String Template Sign Bracket",
  maxTerm: 20,
  propSources: [tsHighlighting],
  skippedNodes: [0,1,2],
  repeatNodeCount: 1,
  tokenData: "7p~RzXY#uYZ#u]^#upq#uqr$^rs%tst$^tu'nuv$^vw$^wx(Vxy)zyz)zz{$^{|$^|}$^}!O$^!O!P$^!P!Q*P!Q![5j![!]$^!]!^$^!^!_$^!_!`$^!`!a$^!a!b$^!b!c$^!c!}'n!}#O)z#O#P$^#P#Q)z#Q#R$^#R#S'n#S#T6O#T#o'n#o#p)z#p#q$^#q#r)z#r#s$^$f$g#u$g&FU'n?HT?HU#u~#zU`~XY#uYZ#u]^#upq#u$f$g#u?HT?HU#u~$ceZ~qr$^st$^uv$^vw$^z{$^{|$^|}$^}!O$^!O!P$^!P!Q$^![!]$^!]!^$^!^!_$^!_!`$^!`!a$^!a!b$^!b!c$^#O#P$^#Q#R$^#p#q$^#r#s$^~%wXOY%tYZ&dZr%trs&ds#O%t#O#P&i#P;'S%t;'S;=`'h<%lO%t~&iOX~~&lRO;'S%t;'S;=`&u;=`O%t~&xYOY%tYZ&dZr%trs&ds#O%t#O#P&i#P;'S%t;'S;=`'h;=`<%l%t<%lO%t~'kP;=`<%l%t~'sUT~tu'n!Q!['n!c!}'n#R#S'n#T#o'n$g&FU'n~(YXOY(VYZ&dZw(Vwx&dx#O(V#O#P(u#P;'S(V;'S;=`)t<%lO(V~(xRO;'S(V;'S;=`)R;=`O(V~)UYOY(VYZ&dZw(Vwx&dx#O(V#O#P(u#P;'S(V;'S;=`)t;=`<%l(V<%lO(V~)wP;=`<%l(V~*PO[~~*UeZ~qr$^st$^uv$^vw$^z{+g{|$^|}$^}!O$^!O!P$^!P!Q2p![!]$^!]!^$^!^!_$^!_!`$^!`!a$^!a!b$^!b!c$^#O#P$^#Q#R$^#p#q$^#r#s$^~+lqZ~Oq-sqr+grs-sst+gtu-suv+gvw+gwz-sz{.z{|+g|}+g}!O+g!O!P+g!P!Q+g!Q![-s![!]+g!]!^+g!^!_+g!_!`+g!`!a+g!a!b+g!b!c+g!c#O-s#O#P+g#P#Q-s#Q#R+g#R#p-s#p#q+g#q#r-s#r#s+g#s;'S-s;'S;=`.t<%lO-s~-vTOz-sz{.V{;'S-s;'S;=`.t<%lO-s~.YVOz-sz{.V{!P-s!P!Q.o!Q;'S-s;'S;=`.t<%lO-s~.tOQ~~.wP;=`<%l-s~/PqZ~Oq-sqr+grs-sst+gtu-suv+gvw+gwz-sz{.z{|+g|}+g}!O+g!O!P+g!P!Q1W!Q![-s![!]+g!]!^+g!^!_+g!_!`+g!`!a+g!a!b+g!b!c+g!c#O-s#O#P+g#P#Q-s#Q#R+g#R#p-s#p#q+g#q#r-s#r#s+g#s;'S-s;'S;=`.t<%lO-s~1_eQ~Z~qr$^st$^uv$^vw$^z{$^{|$^|}$^}!O$^!O!P$^!P!Q$^![!]$^!]!^$^!^!_$^!_!`$^!`!a$^!a!b$^!b!c$^#O#P$^#Q#R$^#p#q$^#r#s$^~2wrP~Z~OY5RZq5Rqr2prs5Rst2ptu5Ruv2pvw2pwz5Rz{2p{|2p|}2p}!O2p!O!P2p!P!Q2p!Q![5R![!]2p!]!^2p!^!_2p!_!`2p!`!a2p!a!b2p!b!c2p!c#O5R#O#P2p#P#Q5R#Q#R2p#R#p5R#p#q2p#q#r5R#r#s2p#s;'S5R;'S;=`5d<%lO5R~5WSP~OY5RZ;'S5R;'S;=`5d<%lO5R~5gP;=`<%l5R~5oTW~!O!P5j!Q![5j!c!}5j#R#S5j#T#o5j~6TVY~O#O6O#O#P6j#P#S6O#S#T7e#T;'S6O;'S;=`7j<%lO6O~6mRO;'S6O;'S;=`6v;=`O6O~6{WY~O#O6O#O#P6j#P#S6O#S#T7e#T;'S6O;'S;=`7j;=`<%l6O<%lO6O~7jOY~~7mP;=`<%l6O",
  tokenizers: [0],
  topRules: {"Code":[0,3]},
  specialized: [{term: 5, get: (value: keyof typeof spec_Name) => spec_Name[value] || -1}],
  tokenPrec: 42
})
