using System.Diagnostics;
using System.Globalization;
using Gateway.VolumeRegistration;
using Gateway.Imaging.Volumes;

namespace Gateway.Registration3DBench;

internal static class Ours
{
    public static (DisplacementField3D Field, double Seconds, string Note) Run(
        Pair pair, int threads, DeformableVolumeOptions? options = null)
    {
        var started = Stopwatch.GetTimestamp();
        var linear = LinearVolumeRegistration.Register(pair.Fixed, pair.Moving, new() { Threads = threads });
        var linearSeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var result = DeformableVolumeRegistration.Register(
            pair.Fixed, pair.Moving, linear.FixedToMoving, (options ?? new()) with { Threads = threads });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (field, back) = (new DisplacementField3D(Pair.Side, Pair.Side, Pair.Side), pair.Moving.ToPatient.Invert());
        for (var i = 0; i < field.X.Length; i++)
        {
            var p = new Vector3D(i % Pair.Side, i / Pair.Side % Pair.Side, i / (Pair.Side * Pair.Side));
            var u = back.Apply(result.ToMoving(pair.Fixed, p)) - p;
            (field.X[i], field.Y[i], field.Z[i]) = ((float)u.X, (float)u.Y, (float)u.Z);
        }
        var (mean, most) = result.Field.InverseError(result.Field.Inverse());
        var (least, largest, _) = result.Field.Jacobians();
        return (field, seconds, string.Create(CultureInfo.InvariantCulture,
            $" linear {linearSeconds:0.00} s, steps {string.Join(' ', result.Steps)}, J {least:0.00}..{largest:0.00} on the whole grid, inverse error {mean:0.0000} ({most:0.000}) voxels"));
    }
}
