"""Registers pairs of 256 x 256 pictures by DIPY and elastix; see eng/peers.

For every pair NN and program P it writes NN-P.forth.f32: x and y of where each fixed pixel lies in the moving picture, less its
own place; NN-P.back.f32 the other way where the program has one; and NN-P.seconds: the wall clock of the registration itself.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import numpy as np

SIDE = 256


def read(path):
    return np.fromfile(path, np.float32).reshape(SIDE, SIDE)


class Dipy:
    """Affine by mutual information, then symmetric diffeomorphic registration by cross-correlation, radius 4."""

    def __init__(self, factors=(4, 2, 1), affine_iterations=(10000, 1000, 100), iterations=(100, 50, 25)):
        self.factors, self.affine_iterations, self.iterations = list(factors), list(affine_iterations), list(iterations)

    def __call__(self, fixed, moving):
        from dipy.align.imaffine import AffineRegistration, MutualInformationMetric, transform_centers_of_mass
        from dipy.align.imwarp import SymmetricDiffeomorphicRegistration
        from dipy.align.metrics import CCMetric
        from dipy.align.transforms import AffineTransform2D, RigidTransform2D, TranslationTransform2D
        fixed, moving = fixed.astype(np.float64), moving.astype(np.float64)
        started = time.perf_counter()
        whole = np.eye(3)
        linear = AffineRegistration(metric=MutualInformationMetric(32, None), level_iters=self.affine_iterations,
                                    sigmas=[3.0, 1.0, 0.0][-len(self.factors):], factors=self.factors, verbosity=0)
        start = transform_centers_of_mass(fixed, whole, moving, whole).affine
        for transform in (TranslationTransform2D(), RigidTransform2D(), AffineTransform2D()):
            start = linear.optimize(fixed, moving, transform, None, whole, whole, starting_affine=start).affine
        deformable = SymmetricDiffeomorphicRegistration(CCMetric(2, radius=4), self.iterations)
        mapping = deformable.optimize(fixed, moving, whole, whole, start)
        seconds = time.perf_counter() - started
        whole_map = mapping.get_simplified_transform()
        forth, back = whole_map.forward, whole_map.backward
        if mapping.is_inverse:      # the simplified map has forgotten it
            forth, back = back, forth
        return seconds, self.columns_first(forth), self.columns_first(back)

    @staticmethod
    def columns_first(field):
        """DIPY's axes are (row, column)."""
        return np.stack([field[..., 1], field[..., 0]])


class Elastix:
    """Affine, then B-splines; adaptive stochastic gradient descent as elastix's own examples set it."""

    COMMON = {
        "FixedInternalImagePixelType": '"float"', "MovingInternalImagePixelType": '"float"', "FixedImageDimension": 2,
        "MovingImageDimension": 2, "UseDirectionCosines": '"true"', "Registration": '"MultiResolutionRegistration"',
        "Interpolator": '"BSplineInterpolator"', "BSplineInterpolationOrder": 1, "ResampleInterpolator": '"FinalBSplineInterpolator"',
        "FinalBSplineInterpolationOrder": 3, "Resampler": '"DefaultResampler"', "FixedImagePyramid": '"FixedRecursiveImagePyramid"',
        "MovingImagePyramid": '"MovingRecursiveImagePyramid"', "Optimizer": '"AdaptiveStochasticGradientDescent"',
        "HowToCombineTransforms": '"Compose"', "NumberOfHistogramBins": 32, "ImageSampler": '"RandomCoordinate"',
        "NewSamplesEveryIteration": '"true"', "DefaultPixelValue": 0, "WriteResultImage": '"false"', "RandomSeed": 1,
        "WriteTransformParametersEachIteration": '"false"',
    }

    def __init__(self, metric, spacing=16, samples=4096, affine_steps=500, steps=1000, levels=4):
        self.affine = self.COMMON | {
            "Metric": '"AdvancedMattesMutualInformation"' if metric == "mi" else '"AdvancedNormalizedCorrelation"',
            "Transform": '"AffineTransform"', "AutomaticTransformInitialization": '"true"',
            "AutomaticTransformInitializationMethod": '"CenterOfGravity"', "AutomaticScalesEstimation": '"true"',
            "NumberOfResolutions": levels, "MaximumNumberOfIterations": affine_steps, "NumberOfSpatialSamples": samples}
        self.spline = self.affine | {
            "Transform": '"BSplineTransform"', "FinalGridSpacingInPhysicalUnits": spacing, "MaximumNumberOfIterations": steps}
        del self.spline["AutomaticTransformInitialization"], self.spline["AutomaticTransformInitializationMethod"]
        del self.spline["AutomaticScalesEstimation"]

    def __call__(self, fixed, moving):
        with tempfile.TemporaryDirectory(prefix="gateway-peers-") as folder:
            folder = pathlib.Path(folder)
            for name, picture in (("fixed", fixed), ("moving", moving)):
                self.picture(folder / name, picture)
            for name, parameters in (("affine", self.affine), ("spline", self.spline)):
                (folder / f"{name}.txt").write_text("".join(f"({key} {value})\n" for key, value in parameters.items()))
            arguments = ["-f", "fixed.mhd", "-m", "moving.mhd", "-p", "affine.txt", "-p", "spline.txt", "-out", ".", "-threads", "1"]
            started = time.perf_counter()
            self.run(folder, "elastix", *arguments)
            seconds = time.perf_counter() - started
            self.run(folder, "transformix", "-def", "all", "-tp", "TransformParameters.1.txt", "-out", ".", "-threads", "1")
            header = (folder / "deformationField.mhd").read_text()
            raw = re.search(r"ElementDataFile = (\S+)", header).group(1)
            field = np.fromfile(folder / raw, np.float32).reshape(SIDE, SIDE, 2)
            return seconds, np.moveaxis(field, 2, 0), None

    @staticmethod
    def run(folder, *command):
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @staticmethod
    def picture(path, values):
        values.astype(np.float32).tofile(f"{path}.raw")
        path.with_suffix(".mhd").write_text(
            f"ObjectType = Image\nNDims = 2\nDimSize = {SIDE} {SIDE}\nElementSpacing = 1 1\nOffset = 0 0\n"
            f"BinaryData = True\nBinaryDataByteOrderMSB = False\nElementType = MET_FLOAT\nElementDataFile = {path.name}.raw\n")


PROGRAMS = {
    "dipy": Dipy(),
    "elastix-mi": Elastix("mi"),
    "elastix-ncc": Elastix("ncc"),
    "elastix-mi-8mm": Elastix("mi", spacing=8),
    "elastix-quick": Elastix("mi", samples=2048, affine_steps=250, steps=250, levels=3),
}


def main(folder, *names):
    folder = pathlib.Path(folder)
    for fixed in sorted(folder.glob("*-fixed.f32")):
        number = fixed.name.split("-")[0]
        for name in names or PROGRAMS:
            if (folder / f"{number}-{name}.seconds").exists():
                continue
            seconds, forth, back = PROGRAMS[name](read(fixed), read(folder / f"{number}-moving.f32"))
            for way, field in (("forth", forth), ("back", back)):
                if field is not None:
                    np.ascontiguousarray(field, np.float32).tofile(folder / f"{number}-{name}.{way}.f32")
            (folder / f"{number}-{name}.seconds").write_text(f"{seconds:.4f}\n")
            print(f"{number} {name} {seconds:.2f} s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
