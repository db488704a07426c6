import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router';

/** Best first; 非常不满意 and 不满意 are 差评 unless the ruleset says otherwise. */
export const GRADES = ['5', '4', '3', '2', '1'] as const;
/** What a bad rating waits for; the late ones alone, too. */
export const WAITING = ['contact', 'contact-overdue', 'rectification', 'rectification-overdue'] as const;

/** 实名 or 匿名, as the API asks for it. */
export const NAMED = ['true', 'false'] as const;

/** What the list of ratings is narrowed by. It lives in the address and can be sent to a colleague. */
export interface RatingFilters {
  /** `YYYY-MM`, where the case is handled. */
  month?: string;
  department?: string;
  grade?: (typeof GRADES)[number] | 'bad';
  waiting?: (typeof WAITING)[number];
  realName?: (typeof NAMED)[number];
}

/** The filters of the address; a word that is none of theirs asks for nothing. `change` writes some of them back. */
export function useRatingFilters(): {
  filters: ComputedRef<RatingFilters>;
  change: (some: { readonly [Name in keyof RatingFilters]: string }) => void;
} {
  const route = useRoute();
  const router = useRouter();
  const text = (name: keyof RatingFilters): string | undefined => {
    const value = route.query[name] as LocationQueryValue;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const filters = computed<RatingFilters>(() => {
    const month = text('month');
    return {
      month: month !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? month : undefined,
      department: text('department'),
      grade: ([...GRADES, 'bad'] as const).find((one) => one === text('grade')),
      waiting: WAITING.find((one) => one === text('waiting')),
      realName: NAMED.find((one) => one === text('realName')),
    };
  });
  return {
    filters,
    change(some) {
      const wanted = Object.entries({ ...filters.value, ...some });
      const query = Object.fromEntries(
        wanted.filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
      );
      void router.push({ query });
    },
  };
}

/** The question to the API. */
export function questionOf({ month, department, grade, waiting, realName }: RatingFilters) {
  const kind = waiting?.startsWith('contact') === true ? ('contact' as const) : ('rectification' as const);
  return {
    month,
    department,
    realName,
    ...(grade === 'bad' ? { bad: 'true' as const } : grade === undefined ? {} : { grade: Number(grade) }),
    ...(waiting === undefined ? {} : { waiting: kind }),
    ...(waiting?.endsWith('-overdue') === true ? { overdue: 'true' as const } : {}),
  };
}
