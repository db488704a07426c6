import type { SuspensionGround } from '@mingjian/contracts';

/**
 * What takes time out of the limit by law, with the ways in which records write it. 现场勘查 and 踏勘 are not on the list:
 * an on-site check (Art. 34) runs on the office's own time.
 * @see 行政许可法 第四十五条：依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在规定的期限内。
 */
const GROUNDS: Readonly<Record<SuspensionGround, readonly string[]>> = {
  听证: ['听证会', '举行听证', '组织听证', '召开听证会', 'hearing'],
  招标: ['招投标', '招标投标', '公开招标', '邀请招标', 'tender'],
  拍卖: ['公开拍卖', '组织拍卖', 'auction'],
  检验: ['质量检验', '产品检验', '设备检验', 'inspection'],
  检测: ['检验检测', '质量检测', '消防检测', '环境检测', 'testing'],
  检疫: ['动物检疫', '植物检疫', '动植物检疫', '卫生检疫', 'quarantine'],
  鉴定: ['技术鉴定', '质量鉴定', '司法鉴定', '安全鉴定', '委托鉴定', 'appraisal'],
  专家评审: ['专家评审会', '组织专家评审', '召开专家评审会', 'expert-review'],
};

const BY_NAME: ReadonlyMap<string, SuspensionGround> = new Map(
  (Object.keys(GROUNDS) as SuspensionGround[]).flatMap((ground) =>
    [ground, ...GROUNDS[ground]].map((name) => [name, ground] as const),
  ),
);

/**
 * The ground of Art. 45 that a record names; null where it names another one. Spaces and capitals make no difference;
 * nothing is guessed from a part of the text, since 检验报告未交 is no 检验.
 */
export function lawfulGround(written: string): SuspensionGround | null {
  return BY_NAME.get(written) ?? BY_NAME.get(written.replace(/\s+/g, '').toLowerCase()) ?? null;
}
