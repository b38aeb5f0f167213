namespace Gateway.RegistrationBench;

/// <summary>The pairs of a run; the same every time.</summary>
internal sealed class Pairs(Checkout checkout, int phantoms)
{
    private const int Side = Reference.Side;
    private static readonly (double X, double Y) Centre = ((Side - 1) / 2.0, (Side - 1) / 2.0);

    private static readonly Dictionary<ModalityProfile, string[]> Sources = new()
    {
        [ShippedModalities.T2] =
        [
            "t2/open_ms/patient01_study1_T2W.nii.gz", "t2/open_ms/patient01_study2_T2W.nii.gz", "t2/open_ms/patient03_study1_T2W.nii.gz",
            "t2/open_ms/patient03_study2_T2W.nii.gz", "t2/open_ms/patient04_study1_T2W.nii.gz", "t2/niivue/M2265_T2w.nii.gz",
            "t2/niivue/register_T2w.nii.gz", "t2/tcga_fg_6692/TCGA-FG-6692_T2_AX.nii.gz", "dicom/t2_fnndsc_siemens",
        ],
        [ShippedModalities.Ct] = [
            "ct/dcm_qa_ct_GE_HiSpeed", "ct/invesalius_cranium", "ct/template_cq500_2mm/template_with_skull_2mm.nii.gz"],
    };

    public IEnumerable<Pair> All()
    {
        for (var seed = 1; seed <= phantoms; seed++)
            yield return Known($"phantom {seed}", Phantom(seed), seed);
        var number = 1000;
        foreach (var (name, slice) in Sources.Keys.SelectMany(Real).ToList())
            yield return Known($"real {name}", slice, number++);
        foreach (var profile in Sources.Keys)
            foreach (var (name, slice) in Real(profile))
                yield return new()
                {
                    Name = $"{profile.Modality}-to-reference {name}",
                    Fixed = Shipped(profile).Image,
                    Mask = Shipped(profile).Mask,
                    Moving = Plain(slice, profile),
                };
    }

    /// <summary>The chosen slice of every real volume there is.</summary>
    public IEnumerable<(string Name, HeadSlice Head)> Real(ModalityProfile profile)
    {
        foreach (var source in Sources[profile])
        {
            var path = Path.Combine(checkout.Root, "..", "shared", "data", source);
            if (Directory.Exists(path) && !Directory.EnumerateFiles(path, "*.dcm").Any())
                path = Directory.EnumerateFiles(path, "*.nii.gz").FirstOrDefault() ?? path;
            if (!File.Exists(path) && !Directory.Exists(path))
                continue;
            var volume = SourceVolumes.Read(path, GreyRange.Brain).Single().Volume;
            yield return (Path.GetFileName(source).Split('.')[0], new SliceChooser(Shipped(profile)).Choose(volume).Head);
        }
    }

    public Reference Shipped(ModalityProfile profile) =>
        Reference.Load(Path.Combine(checkout.Root, "models", "references", profile.Modality.Code), profile);

    private static HeadSlice Phantom(int seed)
    {
        var profile = seed % 2 == 0 ? ShippedModalities.Ct : ShippedModalities.T2;
        var slice = HeadPhantom.Sample(new() { Seed = (ulong)(7000 + seed) }).RenderSlice(seed % 16, 512, 0.5f);
        return new(Slice(new(512, 512, slice.Values(profile.Modality)), 0.5), profile, GreyRange.Brain);
    }

    /// <summary>The head as every program gets it: on the reference's grid by its header alone.</summary>
    private static HeadSlice Plain(HeadSlice head, ModalityProfile profile)
    {
        var picture = Resampler.Bilinear(head.Normalised, head.FromReference(Centre), Side, Side, outside: 0);
        return new(Slice(picture.Map(v => profile.IsHounsfield ? v : v * 1000), 1), ShippedModalities.T2, GreyRange.Brain);
    }

    private static Pair Known(string name, HeadSlice head, int seed)
    {
        var (warp, random) = (RandomWarp.Sample(seed), new Random(seed));
        var start = head.FromReference(Centre);
        var sharp = Cubic.Prepared(head.Normalised, start);
        var moving = Cubic.Draw(sharp, (x, y) => Through(warp.Back(x, y)));
        var fixedImage = Cubic.Draw(sharp, start.Apply);
        Spoil(moving, random);
        var still = new HeadSlice(Slice(fixedImage.Map(v => v * 1000), 1), ShippedModalities.T2, GreyRange.Brain);
        return new()
        {
            Name = name,
            Fixed = still.Normalised,
            Mask = still.Mask,
            Moving = new(Slice(moving.Map(v => v * 1000), 1), ShippedModalities.T2, GreyRange.Brain),
            Truth = warp,
        };

        (double X, double Y) Through((double X, double Y) p) => start.Apply(p.X, p.Y);
    }

    /// <summary>Gamma 0.7 to 1.4, a bias field of up to a quarter, noise of 2 %.</summary>
    private static void Spoil(Image image, Random random)
    {
        var gamma = 0.7 + 0.7 * random.NextDouble();
        var (turn, phaseX, phaseY) = (random.NextDouble() * Math.PI, random.NextDouble() * 6, random.NextDouble() * 6);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i % Side / (double)Side, i / Side / (double)Side);
            var bias = 1 + 0.25 * Math.Sin(4 * (x * Math.Cos(turn) + y * Math.Sin(turn)) + phaseX) * Math.Cos(
                3 * (y * Math.Cos(turn) - x * Math.Sin(turn)) + phaseY);
            var noise = 0.02 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            image.Pixels[i] = (float)Math.Max(0, Math.Pow(Math.Clamp(image.Pixels[i], 0, 1), gamma) * bias + noise);
        }
    }

    public static VolumeSlice Slice(Image image, double spacing) => new()
    {
        Image = image,
        Position = default,
        RowDirection = new(1, 0, 0),
        ColumnDirection = new(0, 1, 0),
        RowSpacing = spacing,
        ColumnSpacing = spacing,
    };
}
