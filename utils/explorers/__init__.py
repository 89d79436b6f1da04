"""Interactive demos: one picture that answers one question while you move something.

Each explorer is a widget: `from utils.explorers import LineFit; LineFit()`.
"""

from utils.explorers.adversarial_epsilon import AdversarialEpsilon
from utils.explorers.architecture_explorer import ArchitectureExplorer
from utils.explorers.attention_map import AttentionMap
from utils.explorers.broadcasting import Broadcasting
from utils.explorers.capacity_penalty import CapacityPenalty
from utils.explorers.class_losses import ClassLosses
from utils.explorers.contrastive_pairs import ContrastivePairs
from utils.explorers.convolution_stepper import ConvolutionStepper
from utils.explorers.diffusion_slider import DiffusionSlider
from utils.explorers.flow_trajectories import FlowTrajectories
from utils.explorers.gan_steps import GanSteps
from utils.explorers.graph_stepper import GraphStepper
from utils.explorers.grid_values import GridValues
from utils.explorers.latent_plane import LatentPlane
from utils.explorers.line_fit import LineFit
from utils.explorers.logistic_regression_fit import LogisticRegressionFit
from utils.explorers.lstm_gates import LstmGates
from utils.explorers.message_rounds import MessageRounds
from utils.explorers.nearest_neighbors import NearestNeighbors
from utils.explorers.network_playground import NetworkPlayground
from utils.explorers.optimizer_race import OptimizerRace
from utils.explorers.perceptron_xor import PerceptronXor
from utils.explorers.receptive_field import ReceptiveField
from utils.explorers.schedule_designer import ScheduleDesigner
from utils.explorers.self_label_rounds import SelfLabelRounds
from utils.explorers.signal_depth import SignalDepth
from utils.explorers.sinkhorn_table import SinkhornTable

__all__ = [
    "AdversarialEpsilon",
    "ArchitectureExplorer",
    "AttentionMap",
    "Broadcasting",
    "CapacityPenalty",
    "ClassLosses",
    "ContrastivePairs",
    "ConvolutionStepper",
    "DiffusionSlider",
    "FlowTrajectories",
    "GanSteps",
    "GraphStepper",
    "GridValues",
    "LatentPlane",
    "LineFit",
    "LogisticRegressionFit",
    "LstmGates",
    "MessageRounds",
    "NearestNeighbors",
    "NetworkPlayground",
    "OptimizerRace",
    "PerceptronXor",
    "ReceptiveField",
    "ScheduleDesigner",
    "SelfLabelRounds",
    "SignalDepth",
    "SinkhornTable",
]
