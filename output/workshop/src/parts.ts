// What of two scenarios can be compared run by run: all of their places where these are the same, and each
// country whose places are. The same place draws the same random numbers in both.
import type { Places } from "./engine/module";

export interface Part {
  name: string; // of a country; "" for all places
  now: number; // the split of the engine in each of them
  base: number;
}

interface Group {
  name: string;
  split: number;
  keys: string;
}

function groupsOf(places: Places): Group[] {
  const keysOf = (country: number) => Array.from(places.keys).filter((_, i) => country < 0 || places.country[i] === country).sort().join();
  const all = { name: "", split: 0, keys: keysOf(-1) };
  if (places.countries.length < 2) return [{ ...all, name: places.countries[0] }];
  return [all, ...places.countries.map((name, k) => ({ name, split: k + 1, keys: keysOf(k) }))];
}

export function partsOf(now: Places, base: Places): Part[] {
  const groups = groupsOf(base), found = groupsOf(now).flatMap((group) => {
    const same = groups.find(({ keys }) => keys === group.keys);
    return same ? [{ name: group.name, now: group.split, base: same.split, isAll: group.keys === groups[0].keys && group.split === 0 }] : [];
  });
  return found.map(({ isAll, ...part }) => ({ ...part, name: isAll ? "" : part.name }));
}
