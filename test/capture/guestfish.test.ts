import { describe, expect, it } from "vitest";
import {
  commandsOfScript,
  commandsOfWords,
  guestfishScript,
  markedStretches,
  markMatcher,
  mountCommand,
} from "../../src/capture/plan/guestfish.ts";

const texts = (commands: readonly { text: string }[]) => commands.map(({ text }) => text);

describe("commands on guestfish's command line", () => {
  it("stand between colons, and keep the words that a shell made", () => {
    const commands = commandsOfWords(["write", "/a b", 'say "hi"\n', ":", "part-add", "/dev/sda", "p", "63", "-1"]);
    expect(texts(commands)).toEqual(['write "/a b" "say \\"hi\\"\\n"', "part-add /dev/sda p 63 -1"]);
  });
});

describe("commands in a script", () => {
  it("are its lines without comments", () => {
    expect(texts(commandsOfScript("# first\n\n  run \nls /\r\n"))).toEqual(["run", "ls /"]);
  });

  it("go on to the end of their here-document", () => {
    const commands = commandsOfScript("upload -<<END /a\nwrite /b\nupload -<<END\nls /\nEND\nls /b\n");
    expect(texts(commands)).toEqual(["upload -<<END /a", "write /b", "upload -<<END\nls /\nEND", "ls /b"]);
  });
});

describe("a mark", () => {
  const commands = commandsOfScript(`ls /\nwrite /hello "hello, world."\nwrite '/other' x\nls /\nwrite /hello again\n`);
  const marked = (...marks: string[]) => texts(commands.filter(markMatcher(marks)));

  it("means the commands that begin with its words, however they are quoted", () => {
    expect(marked("write /hello 'hello, world.'")).toEqual(['write /hello "hello, world."']);
    expect(marked("write /other")).toEqual(["write '/other' x"]);
    expect(marked("write")).toHaveLength(3);
    expect(marked("writ")).toEqual([]);
    expect(marked("")).toEqual([]);
  });

  it("gives one pair of markers to commands that follow each other", () => {
    expect(markedStretches(commands, markMatcher(["write"]))).toBe(2);
    const script = guestfishScript(["a.img"], commands, markMatcher(["write"])).split("\n");
    expect(script.filter((line) => line.startsWith("debug qtrace"))).toEqual([
      'debug qtrace "/dev/disk/guestfs/cap on"',
      'debug qtrace "/dev/disk/guestfs/cap off"',
      'debug qtrace "/dev/disk/guestfs/cap on"',
      'debug qtrace "/dev/disk/guestfs/cap off"',
    ]);
    expect(script.indexOf('debug qtrace "/dev/disk/guestfs/cap on"')).toBe(3);
  });
});

it.each([
  ["/dev/sda1", "mount /dev/sda1 /"],
  ["/dev/VG/LV:/mnt", "mount /dev/VG/LV /mnt"],
  ["/dev/sda1:/:acl,user_xattr", "mount-options acl,user_xattr /dev/sda1 /"],
  ["/dev/sda1:/:ro:ext4", "mount-vfs ro ext4 /dev/sda1 /"],
])("guestfish -m %s does: %s", (option, text) => {
  expect(mountCommand(option).text).toBe(text);
});
