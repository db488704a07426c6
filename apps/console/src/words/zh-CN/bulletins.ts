/** What the archive of 通报 says. */
export default {
  bulletins: {
    title: '通报',
    note: '通报按编号归档，生成后不再改动；内容的哈希写入留痕账本。部门只看到发给本部门的通报。',
    kind: { monthly: '月报', daily: '日报' },
    make: { monthly: '生成月报', daily: '生成日报' },
    makeHint: '在后台生成，可以离开本页；完成后取得编号并归档。',
    period: { monthly: '月份（如 2026-03）', daily: '日期' },
    everybody: '全部部门',
    head: { no: '编号', title: '标题', department: '范围', state: '状态', madeAt: '生成', files: '下载' },
    state: { making: '正在生成', made: '已归档', failed: '没有生成，请重新生成' },
    file: { docx: '文档', xlsx: '表格' },
    none: '还没有通报。',
    noneHint: '日报、月报到期自动生成；监察员也可以随时生成某月或某日的通报。',
  },
};
