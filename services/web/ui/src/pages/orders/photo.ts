// Photographs as they travel: turned upright, small enough for a slow line, without the place where they were taken.
export const MOST_BYTES = 3 * 1024 * 1024
const MOST_SIDE = 1600
// A quarter of a megabyte: some 20 s on a line of 100 kbit/s, and the plate of a bus is still read.
const WANTED_BYTES = 256 * 1024
const TRIES: [side: number, quality: number][] = [[MOST_SIDE, 0.8], [MOST_SIDE, 0.6], [1280, 0.6], [1024, 0.5]]

export function fit(width: number, height: number, side: number): [number, number] {
  const part = Math.min(1, side / Math.max(width, height, 1))
  return [Math.max(1, Math.round(width * part)), Math.max(1, Math.round(height * part))]
}

export interface Photo {
  name: string
  blob: Blob
}

// Anything but a picture, and a picture that this browser cannot read, stays as it is.
export async function scaleDown(file: File): Promise<Photo> {
  if (!file.type.startsWith('image/') || file.type === 'image/gif') return { name: file.name, blob: file }
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (!picture) return { name: file.name, blob: file }
  try {
    let best: Blob = file
    for (const [side, quality] of TRIES) {
      const [width, height] = fit(picture.width, picture.height, side)
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height)
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
      if (!blob) break
      best = blob
      if (blob.size <= WANTED_BYTES) break
    }
    return { name: best === file ? file.name : file.name.replace(/\.\w+$/, '') + '.jpg', blob: best }
  } finally {
    picture.close()
  }
}
