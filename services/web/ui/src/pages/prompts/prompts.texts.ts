// Words of prompts.
import { defineTexts } from '@/i18n/texts'

export const promptsTexts = defineTexts('prompts', {
  title: ['语音文件', 'Prompts'],
  speak: ['文字转语音', 'Text to speech'],
  text: ['文字', 'Text'],
  language: ['语言', 'Language'],
  make: ['合成', 'Speak it'],
  upload: ['上传录音', 'Upload'],
  uploadHint: ['WAV，8 kHz、16 位、单声道，不超过 3.5 MB', 'WAV, 8 kHz, 16 bit, mono, at most 3.5 MB'],
  file: ['选择 WAV 文件', 'Choose a WAV file'],
  record: ['现场录制', 'Record'],
  recordStart: ['开始录制', 'Start'],
  recordStop: ['停止', 'Stop'],
  name: ['名称', 'Title'],
  made: ['已生成', 'Made'],
  id: ['编号（用于流程）', 'Id, for flows'],
  length: ['时长', 'Length'],
  missing: ['请填写此项', 'Fill this in'],
  notWav: ['不是符合要求的 WAV 文件', 'Not a WAV file of that kind'],
  tooLarge: ['文件超过 3.5 MB', 'Larger than 3.5 MB'],
  none: ['本页还没有生成语音', 'No prompts made on this page yet'],
  noneHint: ['合成、上传或录制后，编号会列在这里，可粘贴到流程的“播放”节点。', 'What you make here is listed with its id, to be used in the “play” node of a flow.'],
})
