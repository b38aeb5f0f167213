using System.Buffers.Binary;
using System.Security.Cryptography;
using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;

namespace Gateway.Imaging.Registration;

/// <summary>
/// The mean of many whole heads in one modality, upright, from the foramen magnum to above the vertex, on a grid of 4 mm:
/// <c>head.nii.gz</c> beside a reference slice. Its place 0, 0, 0 is the reference's level in the middle of the brain.
/// </summary>
public sealed class MeanHead
{
    public const string FileName = "head.nii.gz";

    private const double Step255 = 1 / 255.0;

    /// <param name="head">Even steps along the axes: x to the patient's left, y to the back, z to the head. [0, 1].</param>
    /// <exception cref="ArgumentException">Its voxels are no cubes along the axes.</exception>
    public MeanHead(VoxelVolume head)
    {
        var step = head.ToPatient.X.X;
        if (!IsUpright(head.ToPatient, step))
            throw new ArgumentException("A mean head's voxels are cubes along the axes.", nameof(head));
        var values = Array.ConvertAll(head.Voxels, value => (float)(Math.Round(Math.Clamp(value, 0f, 1f) * 255) * Step255));
        Fine = new(head.Width, head.Height, head.Depth, step, head.ToPatient.Origin, values);
        Coarse = Fine.Halved();
        Digest = DigestOf(Fine);
    }

    /// <summary>SHA-256 over the grid and its values, lower-case hex.</summary>
    public string Digest { get; }

    internal HeadGrid Fine { get; }

    internal HeadGrid Coarse { get; }

    /// <param name="folder">Where the reference lies.</param>
    /// <returns>Null where the reference has none.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or no mean head.</exception>
    public static MeanHead? Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        try
        {
            return new(NiftiFile.ReadVoxels(path));
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{FileName} is no mean head.", e);
        }
    }

    public void Save(string folder)
    {
        var (grid, step) = (Fine, Fine.Step);
        var volume = new VoxelVolume(
            grid.Width, grid.Height, grid.Depth, new(new(step, 0, 0), new(0, step, 0), new(0, 0, step), grid.Origin), grid.Values);
        NiftiFile.Write(Path.Combine(folder, FileName), volume, new() { Number = NiftiNumber.Byte, Slope = Step255 });
    }

    private static bool IsUpright(AffineTransform3D map, double step) =>
        step > 0 && (map.X - new Vector3D(step, 0, 0)).Length + (map.Y - new Vector3D(0, step, 0)).Length
        + (map.Z - new Vector3D(0, 0, step)).Length < 1e-3 * step;

    private static string DigestOf(HeadGrid grid)
    {
        double[] place = [grid.Width, grid.Height, grid.Depth, grid.Step, grid.Origin.X, grid.Origin.Y, grid.Origin.Z];
        var bytes = new byte[8 * place.Length + grid.Values.Length];
        for (var i = 0; i < place.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), (long)Math.Round(1000 * place[i]));
        for (var i = 0; i < grid.Values.Length; i++)
            bytes[8 * place.Length + i] = (byte)Math.Round(grid.Values[i] * 255);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
