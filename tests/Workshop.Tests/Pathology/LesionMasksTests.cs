using Gateway.Imaging.Files;
using Gateway.Imaging.Volumes;
using Gateway.Testing;
using Gateway.Workshop.Pathology;

namespace Gateway.Workshop.Tests.Pathology;

public sealed class LesionMasksTests
{
    [Fact]
    public void An_infarct_takes_the_place_of_a_mask_in_the_space_of_the_MNI_brain()
    {
        using var folder = new TemporaryDirectory();
        var mask = new VoxelVolume(91, 109, 91, new(new(-2, 0, 0), new(0, 2, 0), new(0, 0, 2), new(90, -90, -72)));
        for (var z = 42; z < 52; z++)        // standard z 12..30, 34..54 mm to the right of the patient, y -20..-40
            for (var y = 35; y < 46; y++)
                for (var x = 63; x < 74; x++)
                    mask[x, y, z] = 1;
        NiftiFile.Write(folder.Combine("one.nii.gz"), mask);
        var masks = LesionMasks.Of(folder.Path);

        Assert.Equal(1, masks.Count);
        var head = SimpleHead.Whole;
        var used = 0;
        for (ulong seed = 0; seed < 12; seed++)
        {
            var illness = Illness.Draw(head, new() { Seed = seed, Only = IllnessKind.AcuteInfarct, Masks = masks });
            var (sum, middle) = (0f, System.Numerics.Vector3.Zero);
            foreach (var layer in illness.Findings)
                for (var i = 0; i < layer.Mask.Values.Length; i++)
                {
                    var (size, start) = (layer.Mask.Size, layer.Mask.Start);
                    var p = head.ToStandard(
                        head.At(start.X + i % size.X, start.Y + i / size.X % size.Y, start.Z + i / size.X / size.Y));
                    (sum, middle) = (sum + layer.Mask.Values[i], middle + layer.Mask.Values[i] * (p with { X = Math.Abs(p.X) }));
                }
            middle /= sum;
            used += (middle - new System.Numerics.Vector3(46, 0, 21) with { Y = middle.Y }).Length() < 12
                && Math.Abs(Math.Abs(middle.Y + 10)) < 20 ? 1 : 0;
        }
        Assert.InRange(used, 6, 12);
    }
}
