namespace Gateway.Gates;

/// <summary>Other contrasts of the same anatomy: each tissue's values are moved as a whole, so noise, blur, texture and partial volume stay
/// what they were.</summary>
internal static class TissueContrast
{
    private static readonly Dictionary<Tissue, float> T1 = Signals(0.15f, 0.45f, 0.62f, 0.5f, 0.58f, fat: 1, blood: 0.3f, dura: 0.35f);
    private static readonly Dictionary<Tissue, float> Flair = Signals(
        0.08f, 0.7f, 0.52f, 0.62f, 0.52f, fat: 0.75f, blood: 0.15f, dura: 0.2f);
    private static readonly Dictionary<Tissue, float> ProtonDensity = Signals(
        0.8f, 0.84f, 0.7f, 0.78f, 0.72f, fat: 0.9f, blood: 0.25f, dura: 0.3f);
    private static readonly Dictionary<Tissue, float> T1Enhanced = Signals(0.15f, 0.48f, 0.63f, 0.52f, 0.6f, fat: 1, blood: 1.2f, dura: 1);

    private static readonly Dictionary<Tissue, float> Enhancement = new()
    {
        [Tissue.Blood] = 120,
        [Tissue.Dura] = 60,
        [Tissue.GreyMatter] = 6,
        [Tissue.DeepGrey] = 6,
        [Tissue.WhiteMatter] = 3,
        [Tissue.Muscle] = 15,
    };

    public static Image[] WrongSequence(PhantomSlice[] slices, ModalityProfile profile, int number) => !profile.IsHounsfield
        ? Magnitudes(slices, (number % 3) switch { 0 => T1, 1 => Flair, _ => ProtonDensity })
        : [.. slices.Select(slice => MrAsHu(slice, Brightest(slices)))];

    public static Image[] Enhanced(PhantomSlice[] slices, ModalityProfile profile) => !profile.IsHounsfield
        ? Magnitudes(slices, T1Enhanced)
        : [.. slices.Select(
            slice => Combine(slice, slice.Ct, label => Enhancement.GetValueOrDefault(label), (value, more) => value + more))];

    /// <summary>One material, with the noise of the brain's own values about it.</summary>
    public static Image[] Plastic(PhantomSlice[] slices, ModalityProfile profile, float hu)
    {
        var means = Means(slices, profile);
        var even = profile.IsHounsfield ? hu : means[Tissue.WhiteMatter];
        return [.. slices.Select(slice => Combine(slice, slice.Values(profile.Modality),
            label => label is Tissue.Air or Tissue.Fat or Tissue.Skin or Tissue.Muscle or Tissue.CorticalBone or Tissue.Diploe
                ? 0 : even - means[label], (value, more) => value + more))];
    }

    private static Image[] Magnitudes(PhantomSlice[] slices, Dictionary<Tissue, float> signals)
    {
        var (means, scale) = (Means(slices, ShippedModalities.T2), Brightest(slices));
        return [.. slices.Select(slice => Combine(slice, slice.T2,
            label => label != Tissue.Air && signals.TryGetValue(label, out var signal)
                ? Math.Clamp(signal * scale / means[label], 0.05f, 8) : 1, (value, factor) => value * factor))];
    }

    private static Image MrAsHu(PhantomSlice slice, float brightest) =>
        new(slice.Plane.Width, slice.Plane.Height, [.. slice.T2.Select((value, i) => slice.Head[i] ? value / brightest * 90 : -1000)]);

    private static Image Combine(PhantomSlice slice, float[] values, Func<Tissue, float> change, Func<float, float, float> apply)
    {
        var changes = GaussianFilter.Apply(new(slice.Plane.Width, slice.Plane.Height, [.. slice.Labels.Select(change)]), 0.7, 0.7);
        return new(changes.Width, changes.Height, [.. values.Zip(changes.Pixels, apply)]);
    }

    private static Dictionary<Tissue, float> Means(PhantomSlice[] slices, ModalityProfile profile) => slices
        .SelectMany(slice => slice.Labels.Zip(slice.Values(profile.Modality)))
        .GroupBy(pixel => pixel.First)
        .ToDictionary(tissue => tissue.Key, tissue => Math.Max(1e-3f, tissue.Average(pixel => pixel.Second)));

    private static float Brightest(PhantomSlice[] slices) => Means(slices, ShippedModalities.T2)[Tissue.Csf];

    private static Dictionary<Tissue, float> Signals(
        float csf, float grey, float white, float deep, float pallidum, float fat, float blood, float dura) => new()
        {
            [Tissue.Csf] = csf,
            [Tissue.Vitreous] = csf,
            [Tissue.GreyMatter] = grey,
            [Tissue.WhiteMatter] = white,
            [Tissue.DeepGrey] = deep,
            [Tissue.Pallidum] = pallidum,
            [Tissue.Fat] = fat,
            [Tissue.Diploe] = fat / 2,
            [Tissue.Blood] = blood,
            [Tissue.Dura] = dura,
            [Tissue.Muscle] = 0.4f,
            [Tissue.Skin] = 0.5f,
        };
}
