using System.Numerics;
using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;

namespace Gateway.Workshop.LabelHeads;

/// <summary>The tissues of a whole head, voxel by voxel: 1 mm, x to the patient's left, y to the back, z to the head.</summary>
internal sealed class LabelHead
{
    private readonly HeadTissue[] _tissues;

    /// <param name="name">The subject.</param>
    /// <param name="width">Voxels along x.</param>
    /// <param name="height">Voxels along y.</param>
    /// <param name="depth">Voxels along z.</param>
    /// <param name="labels">The label map's values, x fastest (FreeSurfer's numbers, beyond 500 those of SynthSeg's training maps).</param>
    public LabelHead(string name, int width, int height, int depth, ushort[] labels)
    {
        (Name, Width, Height, Depth, Labels) = (name, width, height, depth, labels);
        _tissues = LabelTissues.Of(labels, width, height, depth);
    }

    public string Name { get; }

    public int Width { get; }

    public int Height { get; }

    public int Depth { get; }

    /// <summary>The label map's own values, x fastest: they tell left from right.</summary>
    public ushort[] Labels { get; }

    /// <summary>What lies at a voxel; beyond the box, outside.</summary>
    public HeadTissue this[int x, int y, int z] =>
        (uint)x < (uint)Width && (uint)y < (uint)Height && (uint)z < (uint)Depth ? _tissues[(((z * Height) + y) * Width) + x] : default;

    /// <summary>Index of the voxel at a position in <see cref="Labels"/>; -1 beyond the box.</summary>
    public int IndexAt(Vector3 position)
    {
        var (x, y, z) = ((int)MathF.Round(position.X), (int)MathF.Round(position.Y), (int)MathF.Round(position.Z));
        return (uint)x < (uint)Width && (uint)y < (uint)Height && (uint)z < (uint)Depth ? (((z * Height) + y) * Width) + x : -1;
    }

    /// <summary>All tissues, x fastest.</summary>
    public ReadOnlySpan<HeadTissue> Tissues => _tissues;

    /// <param name="path">NIfTI label map of 1 mm.</param>
    /// <exception cref="InvalidDataException">Not NIfTI, damaged, or with other voxels.</exception>
    public static LabelHead Load(string path)
    {
        var volume = NiftiFile.Read(path);
        var (first, width, height) = (volume[0], volume[0].Width, volume[0].Height);
        if (Math.Abs(first.RowSpacing - 1) > 0.05 || Math.Abs(first.ColumnSpacing - 1) > 0.05 || Math.Abs(volume.UsualSpacing - 1) > 0.05)
            throw new InvalidDataException($"{Path.GetFileName(path)}: a label map has voxels of 1 mm.");
        var labels = new ushort[width * height * volume.Count];
        for (var z = 0; z < volume.Count; z++)
        {
            var pixels = volume[z].Image.Pixels;
            for (var i = 0; i < pixels.Length; i++)
                labels[(z * pixels.Length) + i] = (ushort)pixels[i];
        }
        return new(Path.GetFileName(path).Split('.')[0], width, height, volume.Count, labels);
    }
}
