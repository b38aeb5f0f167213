using System.Globalization;
using Gateway.Harness;
using Gateway.Imaging.Gates;
using Gateway.Imaging.Modalities;
using Gateway.Imaging.Slices;
using Gateway.Imaging.Volumes;

namespace Gateway.Registration3DBench;

/// <summary>Heads that nod, tilt and turn, by the shipped way and by registration of volumes.</summary>
internal static class TurnedReport
{
    private static readonly (string Name, Vector3D Axis)[] Axes = [("nod", new(1, 0, 0)), ("tilt", new(0, 1, 0)), ("turn", new(0, 0, 1))];

    /// <param name="checkout">Where the references lie.</param>
    /// <param name="heads">Of each kind.</param>
    public static void Print(Checkout checkout, int heads)
    {
        Console.WriteLine($"{Machine.Here(".").Processor}, load {Machine.LoadAverage()}; {heads} heads of each kind");
        Console.WriteLine(
            "| scan | head | way | level error, mm | angle to the plane | NCC with the true slice | SSIM | Dice | passed the gates | seconds |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var profile in ShippedModalities.Table.Profiles)
        {
            var folder = Path.Combine(checkout.Root, "models", "references", profile.Modality.Code);
            var slice = Reference.Load(folder, profile);
            var trial = new TurnedTrial(new(slice, [901, 902, 903]), new(slice, ArchiveLimits.Load(folder, slice)));
            Rows(profile.Modality, "straight", heads, default, trial);
            foreach (var (name, axis) in Axes)
                foreach (var degrees in (double[])[10, 20, 30])
                    Rows(profile.Modality, $"{name} {degrees}°", heads, axis * degrees, trial);
        }
    }

    private static void Rows(Modality modality, string pose, int heads, Vector3D degrees, TurnedTrial trial)
    {
        // Every other head turns the other way.
        var found = Enumerable.Range(0, heads)
            .SelectMany(i => trial.Run(TurnedHead.Of(31 + (ulong)i, modality, degrees * (i % 2 == 0 ? 1 : -1))))
            .ToLookup(result => result.Way);
        foreach (var way in found)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {modality} | {pose} | {way.Key} | {way.Average(r => r.Level):0.0} | {way.Average(r => r.Angle):0.0}° | {way.Average(r => r.Ncc):0.000} | {way.Average(r => r.Ssim):0.000} | {way.Average(r => r.Dice):0.000} | {way.Count(r => r.Passed)} of {heads} | {way.Average(r => r.Seconds):0.0} |"));
    }
}
