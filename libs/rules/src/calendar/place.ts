import type { CalendarDay, CalendarDocument, CalendarScope } from '@mingjian/contracts';

/** Where work is done: entries with a scope hold where all that they name is the same. */
export interface Place {
  department: string | null;
  district: string | null;
  hall: string | null;
}

type Weekly = CalendarDocument['weekly'];

/** Makes what is asked for from a weekly pattern and the entries that hold, in the order of the document. */
type Make<T> = (weekly: Weekly, entries: readonly CalendarDay[]) => T;

/**
 * The versions of a calendar for the places that its document names: made when first asked for, one for all places
 * where the same entries and the same weekly pattern hold.
 */
export class LocalVersions<T> {
  private readonly named: Record<keyof Place, Set<string>>;
  private readonly byPlace = new Map<string | null, Map<string | null, Map<string | null, T>>>();
  private readonly byContent = new Map<string, T>();
  private readonly departments: ReadonlyMap<string, { weekly: Weekly }>;

  private constructor(
    private readonly document: CalendarDocument,
    private readonly make: Make<T>,
    base: T,
  ) {
    this.departments = new Map(Object.entries(document.departments ?? {}));
    const scopes = document.days.flatMap(({ scope }) => (scope === undefined ? [] : [scope]));
    const namesOf = (key: keyof Place): Set<string> =>
      new Set(scopes.flatMap(({ [key]: name }) => (name === undefined ? [] : [name])));
    this.named = {
      department: new Set([...namesOf('department'), ...this.departments.keys()]),
      district: namesOf('district'),
      hall: namesOf('hall'),
    };
    this.byContent.set(this.contentOf({ department: null, district: null, hall: null }), base);
  }

  /** Null where the document has nothing that holds in some places only. */
  static of<T>(document: CalendarDocument, base: T, make: Make<T>): LocalVersions<T> | null {
    const isPlain =
      document.days.every(({ scope }) => scope === undefined) &&
      Object.keys(document.departments ?? {}).length === 0;
    return isPlain ? null : new LocalVersions(document, make, base);
  }

  /** The version that holds at a place; the same object for places between which nothing differs. */
  at({ department, district, hall }: Place): T {
    // What the document does not name makes no difference: the tables stay as small as the document.
    const dept = department !== null && this.named.department.has(department) ? department : null;
    const dist = district !== null && this.named.district.has(district) ? district : null;
    const room = hall !== null && this.named.hall.has(hall) ? hall : null;
    return this.byPlace.get(dept)?.get(dist)?.get(room) ?? this.makeAt(dept, dist, room);
  }

  private makeAt(department: string | null, district: string | null, hall: string | null): T {
    const place: Place = { department, district, hall };
    const content = this.contentOf(place);
    let version = this.byContent.get(content);
    if (version === undefined) {
      version = this.make(
        this.weeklyOf(place),
        this.document.days.filter(({ scope }) => holdsAt(scope, place)),
      );
      this.byContent.set(content, version);
    }
    const ofDepartment = this.byPlace.get(department) ?? new Map<string | null, Map<string | null, T>>();
    this.byPlace.set(department, ofDepartment);
    const ofDistrict = ofDepartment.get(district) ?? new Map<string | null, T>();
    ofDepartment.set(district, ofDistrict);
    ofDistrict.set(hall, version);
    return version;
  }

  private weeklyOf({ department }: Place): Weekly {
    return (
      (department === null ? undefined : this.departments.get(department)?.weekly) ?? this.document.weekly
    );
  }

  /** All that differs between places, as a text: equal texts mean equal calendars. */
  private contentOf(place: Place): string {
    const local = this.document.days.flatMap(({ scope }, index) =>
      scope !== undefined && holdsAt(scope, place) ? [index] : [],
    );
    return `${local.join()} ${JSON.stringify(Object.entries(this.weeklyOf(place)).sort())}`;
  }
}

/** Whether an entry holds at a place: all that its scope names is the same; without a scope it holds everywhere. */
export function holdsAt(scope: CalendarScope | undefined, place: Place): boolean {
  if (scope === undefined) return true;
  return (
    (scope.department === undefined || scope.department === place.department) &&
    (scope.district === undefined || scope.district === place.district) &&
    (scope.hall === undefined || scope.hall === place.hall)
  );
}
