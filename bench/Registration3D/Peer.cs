using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.VolumeRegistration;

namespace Gateway.Registration3DBench;

/// <summary>What eng/peers-3d left: x, y and z of where each fixed voxel lies in the moving volume, less its own place, and the
/// seconds.</summary>
internal static class Peer
{
    public static (DisplacementField3D Field, double Seconds, string Note) Read(string secondsFile)
    {
        var field = new DisplacementField3D(Pair.Side, Pair.Side, Pair.Side);
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.ChangeExtension(secondsFile, ".f32")));
        values[..field.X.Length].CopyTo(field.X);
        values.Slice(field.X.Length, field.X.Length).CopyTo(field.Y);
        values[(2 * field.X.Length)..].CopyTo(field.Z);
        return (field, double.Parse(File.ReadAllText(secondsFile), CultureInfo.InvariantCulture), "");
    }
}
