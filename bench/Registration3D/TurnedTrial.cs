using System.Diagnostics;
using Gateway.Imaging.Gates;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Registration;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;
using Gateway.VolumeRegistration;
using Gateway.Workshop.Scores;

namespace Gateway.Registration3DBench;

/// <summary>One turned head by three ways: as shipped, the level by registration of volumes, and the volume cut anew
/// in the reference's pose.</summary>
internal sealed class TurnedTrial(UprightReference reference, OutOfDistribution gate)
{
    private readonly GreyRange _window = reference.Slice.Window;

    public IReadOnlyList<TurnedResult> Run(TurnedHead head)
    {
        var (scan, level) = (head.Scan(), reference.LevelOf(head));
        var upright = head with { ToHead = AffineTransform3D.Identity };
        var truth = Preprocessor.Prepare(
            new HeadSlice(upright.Slice(level, thickness: 5), reference.Slice.Profile, _window), 0, reference.Slice, _window);

        var clock = Stopwatch.StartNew();
        var choice = new SliceChooser(reference.Slice).Choose(scan);
        var chosenSeconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var pose = reference.Register(scan);
        var poseSeconds = clock.Elapsed.TotalSeconds;
        clock.Restart();
        var (straight, toScan) = Straightened(scan, pose);
        var again = new SliceChooser(reference.Slice).Choose(straight);
        var cutSeconds = clock.Elapsed.TotalSeconds;

        var at = pose.Apply(new(0, TurnedHead.Middle.Y, reference.Level));
        var levelled = Enumerable.Range(0, scan.Count).MinBy(i => Math.Abs(scan.Height(i) - scan.Up.Dot(at)));
        var middle = straight.Count / 2;
        return
        [
            Judge("as shipped", choice, choice.Index, head.ToHead, chosenSeconds),
            Judge("level by volumes", choice, levelled, head.ToHead, chosenSeconds + poseSeconds),
            Judge("cut anew, level by slices", again, again.Index, toScan.Then(head.ToHead), poseSeconds + cutSeconds),
            Judge("cut anew, level by volumes", again, middle, toScan.Then(head.ToHead), poseSeconds + cutSeconds),
        ];

        TurnedResult Judge(string way, SliceChoice found, int index, AffineTransform3D toHead, double seconds)
        {
            var chosen = found.Levels.Single(other => other.Index == index);
            var prepared = Preprocessor.Prepare(
                chosen.Head, index, reference.Slice,
                _window) with
            { Choice = found with { Index = index, Head = chosen.Head, Ncc = chosen.NccInside ?? 0 } };
            var (normal, origin) = (toHead.Direction(new(0, 0, 1)).Unit(), toHead.Apply(chosen.Head.Slice.Position));
            // Where the slice's plane meets the head's own axis.
            var height = (normal.Dot(origin) - normal.Y * TurnedHead.Middle.Y) / normal.Z;
            var (picture, expected) = (Picture(prepared), Picture(truth));
            return new(way,
                Math.Abs(height - level),
                Math.Acos(Math.Min(1, Math.Abs(normal.Z))) * 180 / Math.PI,
                ImageMetrics.Ncc(picture, expected, reference.Slice.Mask),
                StructuralSimilarity.Of(picture, expected, mask: reference.Slice.Mask),
                ImageMetrics.Dice(prepared.Slice.HeadOnReference, truth.Slice.HeadOnReference),
                prepared.Reasons.Count == 0 && gate.Check(prepared).Reasons.Count == 0,
                seconds);
        }
    }

    /// <summary>The scan resampled in the reference's pose, the reference's level in the middle slice; and its mm to the scan's.</summary>
    private (Volume Volume, AffineTransform3D ToScan) Straightened(Volume scan, AffineTransform3D pose)
    {
        var (box, x) = (VoxelVolume.Of(scan), pose.X.Unit());
        var y = (pose.Y - x * pose.Y.Dot(x)).Unit();
        var centre = new Vector3D(0, TurnedHead.Middle.Y, reference.Level);
        var toScan = AffineTransform3D.About(centre, x, y, x.Cross(y), pose.Apply(centre) - centre);
        var (step, count, side) = (scan.UsualSpacing, scan.Count, TurnedHead.Side);
        var half = (side - 1) * TurnedHead.Pixel / 2;
        var grid = new VoxelVolume(side, side, count, new(
            new(TurnedHead.Pixel, 0, 0), new(0, TurnedHead.Pixel, 0), new(0, 0, step),
            centre - new Vector3D(half, half, count / 2 * step)));
        return (VolumeResampler.Trilinear(box, grid, toScan, outside: reference.Slice.Profile.Air).ToSlices(), toScan);
    }

    private static Image Picture(PreparedSlice slice) =>
        new Image(Reference.Side, Reference.Side, slice.Input).Map(value => (value + 1) / 2);
}
